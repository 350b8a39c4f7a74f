package dev.ardm.cli;

import dev.ardm.coding.ArchiveReader;
import dev.ardm.data.TakenNames;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/** Notes which new items have names that an archive has already. The names lie in a scratch file. */
final class SameNames implements Closeable {
    private final TakenNames taken;
    private final FirstNames found = new FirstNames();

    private SameNames(TakenNames taken) {
        this.taken = taken;
    }

    /**
     * The names of an archive.
     *
     * @param most how many names there will be at most, new ones included
     */
    static SameNames of(Path archive, long most) throws IOException {
        SameNames names =
                new SameNames(TakenNames.beside(archive, (int) Math.min(Integer.MAX_VALUE, Math.max(1, most))));
        try (ArchiveReader reader = ArchiveReader.openCommitted(archive)) {
            for (int k = 0; k < reader.size(); k++) {
                String name = reader.name(k).orElse("");
                if (!name.isEmpty()) {
                    names.taken.add(name);
                }
            }
            return names;
        } catch (IOException | RuntimeException e) {
            names.close();
            throw e;
        }
    }

    /** Looks at the name of a new item. */
    void add(String name) throws IOException {
        if (!name.isEmpty() && !taken.add(name)) {
            found.add(name);
        }
    }

    /** New names that were there. */
    FirstNames found() {
        return found;
    }

    @Override
    public void close() throws IOException {
        taken.close();
    }
}

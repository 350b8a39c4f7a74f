package dev.ardm.fuzz;

import dev.ardm.core.Item;
import dev.ardm.data.DataException;
import dev.ardm.data.ItemCursor;
import dev.ardm.data.ItemSet;
import dev.ardm.data.ItemWriter;
import dev.ardm.data.format.DataFormat;
import dev.ardm.data.format.OutputOptions;
import dev.ardm.data.registry.DataFormats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;

/**
 * A file of one kind of data: the format is fitted to it or given, its items are read, and if its documents can be had they are written
 * as a file again, which must have the same bytes; of arrays, whose header may be spelled otherwise, the same values.
 */
final class FormatTarget implements FuzzTarget {
    private final String name;
    private final String fileName;
    private final Source source;

    /** Where the format of a file comes from. */
    private interface Source {
        DataFormat format(Path file) throws IOException;
    }

    private FormatTarget(String name, String fileName, Source source) {
        this.name = name;
        this.fileName = fileName;
        this.source = source;
    }

    /**
     * Files that a format is fitted to.
     *
     * @param kind as {@link DataFormats#kinds} names it
     * @param fileName what the input is called
     */
    static FormatTarget fitted(String name, String kind, Map<String, String> options, String fileName) {
        return new FormatTarget(name, fileName, file -> reread(DataFormats.fit(kind, List.of(file), options)));
    }

    /** Files that are read with a format that is there already. */
    static FormatTarget fixed(String name, String definition, String fileName) {
        return new FormatTarget(
                name, fileName, file -> DataFormats.read(JsonMapper.shared().readTree(definition)));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Set<Class<? extends Exception>> documented() {
        return Set.of(DataException.class);
    }

    @Override
    public void run(byte[] input, Scratch scratch) throws Exception {
        Path file = scratch.file(fileName, input);
        DataFormats.guess(file);
        DataFormat format = source.format(file);
        checkItems(format.items(List.of(file)));
        List<Item> documents;
        try {
            documents = documents(format, file);
        } catch (DataException e) {
            if (restorable()) {
                throw e;
            }
            return; // packed or companded: for training only
        }
        PropertyViolation.unless(
                restorable() || format.kind().equals("text"), "what cannot be restored has no documents");
        restore(format, documents, input, scratch);
    }

    private boolean restorable() {
        return !name.equals("gzip") && !name.equals("mu-law") && !name.equals("zip");
    }

    private static DataFormat reread(DataFormat fitted) {
        try {
            return DataFormats.of(fitted.definition(), fitted.space());
        } catch (DataException e) {
            throw new PropertyViolation("a format that was fitted can be read", e);
        }
    }

    private static void checkItems(ItemSet items) {
        try {
            for (int k = 0; k < items.size(); k++) {
                items.space().check(items.item(k));
            }
        } catch (IllegalArgumentException e) {
            throw new PropertyViolation("items are of their space", e);
        }
    }

    private static List<Item> documents(DataFormat format, Path file) throws IOException {
        List<Item> documents = new ArrayList<>();
        try (ItemCursor cursor = format.cursor(List.of(file))) {
            for (Item item = cursor.next(); item != null; item = cursor.next()) {
                documents.add(item);
            }
        }
        return documents;
    }

    private void restore(DataFormat format, List<Item> documents, byte[] input, Scratch scratch) throws IOException {
        boolean folder = name.equals("zip");
        Path target = scratch.path(folder ? "restored" : "restored-" + fileName);
        try (ItemWriter writer = format.writer(target, OutputOptions.named(false))) {
            for (Item item : documents) {
                writer.add(item);
            }
            writer.commit();
        } catch (DataException e) {
            if (folder) {
                return; // names in a zip file may not go together as files
            }
            throw new PropertyViolation("what was read can be written", e);
        }
        if (format.definition().isEmpty()) {
            List<Item> again;
            try {
                again = documents(format, target);
            } catch (DataException e) {
                throw new PropertyViolation("an array that was written can be read", e);
            }
            PropertyViolation.unless(same(documents, again), "an array is restored value for value");
        } else if (!folder) {
            PropertyViolation.unless(
                    Arrays.equals(Files.readAllBytes(target), input), "a file is restored byte for byte");
        }
    }

    private static boolean same(List<Item> one, List<Item> other) {
        boolean same = one.size() == other.size();
        for (int k = 0; same && k < one.size(); k++) {
            same = Arrays.equals(one.get(k).values(), other.get(k).values());
        }
        return same;
    }
}

package dev.ardm.app.archive;

import dev.ardm.app.FirstNames;
import dev.ardm.app.Text;
import dev.ardm.app.UserError;
import dev.ardm.app.data.OutputPath;
import dev.ardm.core.archive.ItemRanges;
import dev.ardm.data.ItemWriter;
import dev.ardm.data.file.FileNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Restores some items of an archive, each as a file by itself.
 *
 * @param replace whether files may be replaced
 */
public record Extraction(Restoration restoration, ItemRanges items, boolean replace) {
    /** Receives each file when it is complete. */
    @FunctionalInterface
    public interface Done {
        void accept(String item, Path file);
    }

    private OpenedArchive archive() {
        return restoration.archive();
    }

    /**
     * Extracts the items.
     *
     * @param path a folder, or for one item a file
     * @param folder whether it is a folder, that need not be there
     * @throws UserError if files are there already, two items have one name, or something cannot be read (what can be, is
     *     extracted)
     */
    public void to(Path path, boolean folder, Done done) throws IOException {
        Map<Integer, Path> targets = targets(path, folder);
        FirstNames blocked = new FirstNames();
        restoration.each(items, (number, item) -> {
            Path target = targets.get(number);
            if (target == null) {
                blocked.add(item.name());
                return;
            }
            Path parent = target.getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            try (ItemWriter writer = Destination.file(archive(), target, 1, replace)) {
                writer.add(item);
                writer.commit();
            }
            done.accept(item.name(), target);
        });
        if (blocked.count() > 0) {
            throw new UserError(archive().file() + ": " + Text.count(blocked.count(), "item")
                    + " not written, because other items are in a folder of that name: " + blocked
                    + "; choose them without the others, or one with -o FILE");
        }
    }

    /** Where the items go, all of it checked before the work. */
    private Map<Integer, Path> targets(Path path, boolean folder) throws IOException {
        List<Integer> numbers = items.numbers().boxed().toList();
        if (!folder && numbers.size() > 1) {
            throw new UserError(path + ": is not a folder, and " + numbers.size()
                    + " items were chosen; make the folder, or write NAME/");
        }
        Map<Integer, Path> targets = new LinkedHashMap<>();
        if (!folder) {
            OutputPath.requireFile(path, replace);
            targets.put(numbers.get(0), path);
        } else {
            List<String> names = names(numbers);
            FolderNames folders = new FolderNames();
            names.forEach(folders::add);
            for (int i = 0; i < names.size(); i++) {
                if (folders.contains(names.get(i))) {
                    continue;
                }
                targets.put(numbers.get(i), inFolder(path, numbers.get(i), names.get(i)));
            }
        }
        for (Path target : targets.values()) {
            OutputPath.requireOther(target, archive().file(), archive().model().file());
        }
        return targets;
    }

    private List<String> names(List<Integer> numbers) throws IOException {
        List<String> names = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (int k : numbers) {
            String name = Destination.fileName(archive(), archive().name(k));
            if (!taken.add(name.toLowerCase(Locale.ROOT))) {
                throw new UserError(archive().size() + " items, and two of those chosen would become "
                        + Text.printable(name) + "; extract them one by one with -o FILE");
            }
            names.add(name);
        }
        return RestoredNames.portable(names);
    }

    private Path inFolder(Path folder, int number, String name) throws IOException {
        FileNames.requireSafe(number, name);
        Path target = folder.resolve(name).normalize();
        if (Files.isDirectory(target)) {
            throw new UserError(target + ": is a folder");
        }
        if (Files.exists(target) && !replace) {
            throw new UserError(target + ": exists already; --force replaces it");
        }
        return target;
    }

    /**
     * Writes lines or rows to one file.
     *
     * @return what was written
     */
    public Restoration.Result togetherTo(Path file) throws IOException {
        OutputPath.requireFile(file, replace);
        return restoration.restore(
                items, null, true, () -> Destination.file(archive(), file, Math.toIntExact(items.count()), replace));
    }
}

package dev.ardm.cli;

import dev.ardm.app.Text;
import dev.ardm.app.UserError;
import dev.ardm.core.Space;
import dev.ardm.data.ItemSet;
import dev.ardm.data.Masks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What {@code --mask} says: a region by name, a painted image for all items, or a folder with an image for each item. */
final class FillMask {
    private FillMask() {}

    /** Whether it is a region by name rather than a path. */
    static boolean isRegion(String given) {
        return given.startsWith("missing:") || given.startsWith("known:");
    }

    /**
     * For each item which values are known.
     *
     * @throws IllegalArgumentException if the text is neither a path nor a region by name
     */
    static List<boolean[]> of(String given, ItemSet items) throws IOException {
        Space space = items.space();
        if (isRegion(given)) {
            return Collections.nCopies(items.size(), Masks.parse(given, space));
        }
        Path path = path(given, space);
        if (!Files.isDirectory(path)) {
            return Collections.nCopies(items.size(), Masks.read(path, space));
        }
        List<boolean[]> masks = new ArrayList<>(items.size());
        for (int i = 0; i < items.size(); i++) {
            masks.add(Masks.read(inFolder(path, items.name(i)), space));
        }
        return masks;
    }

    private static Path path(String given, Space space) {
        Path path = Path.of(given);
        if (!Files.exists(path)) {
            if (given.contains(":") || !(given.contains("/") || given.contains("."))) {
                Masks.parse(given, space); // says what is allowed
            }
            throw new UserError("mask " + given + ": no such file or folder");
        }
        return path;
    }

    private static Path inFolder(Path folder, String name) {
        Path same = folder.resolve(name).normalize();
        int dot = name.lastIndexOf('.');
        Path png = folder.resolve((dot > name.lastIndexOf('/') ? name.substring(0, dot) : name) + ".png");
        if (same.startsWith(folder.normalize()) && Files.isRegularFile(same)) {
            return same;
        }
        if (Files.isRegularFile(png)) {
            return png;
        }
        throw new UserError(folder + ": there is no mask for the item " + Text.printable(name));
    }
}

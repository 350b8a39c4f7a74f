package dev.ardm.app.fill;

import dev.ardm.app.Text;
import dev.ardm.app.UserError;
import dev.ardm.core.Item;
import dev.ardm.core.Space;
import dev.ardm.data.image.Masks;
import dev.ardm.data.image.PaintedMask;
import dev.ardm.data.layer.ImageFileCodec;
import dev.ardm.data.layer.ImageFileCodec.Kept;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Parts of images and arrays: a region by name, a painted image for all, or a folder with an image for each. Of an image of any
 * size, the alpha channel stays known.
 */
final class ImageMask implements FillMask {
    private final Pixels pixels;
    private final Space space;

    /** Which pixels of an item are known, and each of their channels. */
    private interface Pixels {
        boolean[] known(Item item, Masks.Grid grid) throws IOException;
    }

    private ImageMask(Pixels pixels, Space space) {
        this.pixels = pixels;
        this.space = space;
    }

    static ImageMask of(String text, Space space, @Nullable Integer threshold) {
        if (threshold != null && Masks.isRegion(text)) {
            throw new IllegalArgumentException("a threshold is for masks that are images, not for \"" + text + "\"");
        }
        if (Masks.isRegion(text)) {
            return new ImageMask((item, grid) -> Masks.parse(text, grid), space);
        }
        Path path = Path.of(text);
        if (!Files.exists(path)) {
            if (text.contains(":") || !(text.contains("/") || text.contains("."))) {
                Masks.parse(text, space); // says what is allowed
            }
            throw new UserError("mask " + text + ": no such file or folder");
        }
        boolean folder = Files.isDirectory(path);
        return new ImageMask(
                (item, grid) -> PaintedMask.read(folder ? inFolder(path, item.name()) : path, grid, threshold), space);
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
        throw new UserError(folder + ": no mask for the item " + Text.printable(name));
    }

    @Override
    public boolean[] known(Item item, int length) throws IOException {
        if (item.shape().length == 0) {
            return pixels.known(item, Masks.Grid.of(space));
        }
        int channels = space.extent(2);
        boolean[] layer = pixels.known(item, new Masks.Grid(item.shape()[0], item.shape()[1], channels));
        boolean[] opacity = new ImageFileCodec(channels, Kept.COLOURS).opacity(item);
        boolean[] known = new boolean[length];
        for (int i = 0; i < length; i++) {
            known[i] = layer[i % layer.length] || opacity[i / layer.length];
        }
        return known;
    }
}

package dev.ardm.data.layer;

import dev.ardm.data.file.TakenNames;
import dev.ardm.data.items.ImageFileList;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;

/** The names of restored PNG files: files of other formats get the extension .png. */
public final class PngNames implements Closeable {
    private static final Pattern IMAGE =
            Pattern.compile("\\.(png|jpe?g|gif|bmp|tiff?|webp|p[bgpn]m)$", Pattern.CASE_INSENSITIVE);

    private final TakenNames taken;

    /**
     * Reserves the names of all PNG files.
     *
     * @param nextTo a file next to which scratch files may be
     */
    PngNames(ImageFileList files, Path nextTo) throws IOException {
        taken = TakenNames.nextTo(nextTo, (int) Math.min(Integer.MAX_VALUE, 2L * files.size()));
        ImageFileList.Cursor cursor = files.cursor();
        while (cursor.next()) {
            if (isPng(cursor.name())) {
                taken.add(cursor.name().toLowerCase(Locale.ROOT));
            }
        }
    }

    /** The name of the PNG that an image of any format becomes. */
    public static String of(String image) {
        String stem = stem(image);
        return (stem.isEmpty() || stem.endsWith("/") ? image : stem) + ".png";
    }

    /** A name without the ending of an image. */
    public static String stem(String image) {
        return IMAGE.matcher(image).replaceFirst("");
    }

    private static boolean isPng(String name) {
        return name.toLowerCase(Locale.ROOT).endsWith(".png");
    }

    /** The same, other than all before. */
    String unique(String name) throws IOException {
        if (isPng(name)) {
            return name;
        }
        String png = of(name);
        for (int n = 1; !taken.add(png.toLowerCase(Locale.ROOT)); n++) {
            png = n == 1 ? name + ".png" : name + "-" + n + ".png";
        }
        return png;
    }

    @Override
    public void close() throws IOException {
        taken.close();
    }
}

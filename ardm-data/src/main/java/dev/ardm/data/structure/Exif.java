package dev.ardm.data.structure;

import dev.ardm.data.DataException;
import java.nio.charset.StandardCharsets;

/** EXIF data inside images: the directory of a TIFF without its pixels. */
public final class Exif {
    /** What it is called where it would be lost. */
    public static final String NAME = "EXIF data";

    private static final String PREFIX = "Exif\0\0";

    private Exif() {}

    static void lose(byte[] data, Structure structure) {
        structure.lose(NAME);
        if (isTurned(data)) {
            structure.lose(Structure.TURNED);
        }
    }

    /** Whether it says that the image is to be turned or mirrored when it is shown. Damaged data say nothing. */
    public static boolean isTurned(byte[] data) {
        String text = new String(data, StandardCharsets.ISO_8859_1);
        byte[] tiff =
                text.startsWith(PREFIX) ? text.substring(PREFIX.length()).getBytes(StandardCharsets.ISO_8859_1) : data;
        try {
            return TiffDirectory.first(tiff, "EXIF").number(TiffDirectory.ORIENTATION, 1) != 1;
        } catch (DataException e) {
            return false;
        }
    }
}

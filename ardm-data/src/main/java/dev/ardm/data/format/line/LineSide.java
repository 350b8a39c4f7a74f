package dev.ardm.data.format.line;

import dev.ardm.data.DataException;
import dev.ardm.data.format.Varints;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The side information of a line. As bytes: nothing for a line that ends with a line feed and does not begin a file; otherwise a
 * byte of flags (1 a file begins, 2 no line feed at the end, 4 no line at all), and with flag 1 the length of the file's name as a
 * varint and the name in UTF-8.
 *
 * @param file name of the file that begins with this line; null for others
 * @param open whether it is the last line of a file that does not end with a line feed
 * @param none whether the file that begins is empty, so that there is no line
 */
record LineSide(@Nullable String file, boolean open, boolean none) {
    private static final int FILE = 1;
    private static final int OPEN = 2;
    private static final int NONE = 4;

    byte[] toBytes() {
        int flags = (file != null ? FILE : 0) | (open ? OPEN : 0) | (none ? NONE : 0);
        if (flags == 0) {
            return new byte[0];
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(flags);
        if (file != null) {
            byte[] name = file.getBytes(StandardCharsets.UTF_8);
            Varints.put(out, name.length);
            out.writeBytes(name);
        }
        return out.toByteArray();
    }

    /**
     * Reads what {@link #toBytes} wrote.
     *
     * @throws DataException if it is damaged
     */
    static LineSide of(String place, byte[] bytes) throws DataException {
        if (bytes.length == 0) {
            return new LineSide(null, false, false);
        }
        Varints numbers = new Varints(place, bytes);
        int flags = numbers.next();
        if (flags == 0 || flags > (FILE | OPEN | NONE) || (flags & NONE) != 0 && (flags & OPEN) != 0) {
            throw numbers.damaged("unknown flags " + flags);
        }
        String file = null;
        int end = numbers.position();
        if ((flags & FILE) != 0) {
            int length = numbers.next();
            end = numbers.position();
            if (length > bytes.length - end) {
                throw numbers.damaged("the name of the file is cut off");
            }
            file = new String(bytes, end, length, StandardCharsets.UTF_8);
            end += length;
        }
        if (end != bytes.length) {
            throw numbers.damaged((bytes.length - end) + " bytes too many");
        }
        return new LineSide(file, (flags & OPEN) != 0, (flags & NONE) != 0);
    }
}

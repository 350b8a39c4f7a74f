package dev.ardm.core.counts.pixel;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a picture is a sequence of bytes: the number of channels (1 to 8); height, width, number of colours and number of bytes beside the
 * pixels, as varints; these bytes; the colours; the pixels row by row. A colour has a byte for each channel. If there are colours, every
 * pixel has one of them.
 *
 * @param channels bytes of a pixel
 * @param height rows, at least 1
 * @param width columns, at least 1
 * @param colours their number; 0 if any are possible
 * @param beside number of bytes that are not pixels or colours
 * @param besideAt where these are
 */
record Picture(int channels, int height, int width, int colours, int beside, int besideAt) {
    static final int MOST_CHANNELS = 8;
    static final int MOST_COLOURS = 256;

    /** The most bytes of a picture. */
    static final int MOST_BYTES = 1 << 22;

    private static final int VARINT_BYTES = 4;

    /** The picture that a sequence is; null if it is none. */
    static @Nullable Picture of(int[] values) {
        int channels = values.length == 0 ? 0 : values[0];
        if (channels < 1 || channels > MOST_CHANNELS || values.length > MOST_BYTES) {
            return null;
        }
        int[] numbers = new int[4];
        int at = 1;
        for (int k = 0; k < numbers.length; k++) {
            int bytes = varintBytes(values, at);
            if (bytes == 0) {
                return null;
            }
            for (int i = 0; i < bytes; i++) {
                numbers[k] |= (values[at + i] & 0x7F) << 7 * i;
            }
            at += bytes;
        }
        Picture picture = new Picture(channels, numbers[0], numbers[1], numbers[2], numbers[3], at);
        return picture.possible() && picture.bytes() == values.length && picture.hasOnlyItsColours(values)
                ? picture
                : null;
    }

    /** How many bytes a varint has; 0 if it has too many. */
    private static int varintBytes(int[] values, int at) {
        for (int i = 0; i < VARINT_BYTES && at + i < values.length; i++) {
            if (values[at + i] < 0x80) {
                return i + 1;
            }
        }
        return 0;
    }

    /** Whether there can be such a picture. */
    boolean possible() {
        return height > 0 && width > 0 && colours <= MOST_COLOURS && bytes() <= MOST_BYTES;
    }

    /** Number of bytes of it all. */
    long bytes() {
        return besideAt + beside + (long) colours * channels + (long) height * width * channels;
    }

    private int coloursAt() {
        return besideAt + beside;
    }

    /** Where the pixels are. */
    int pixelsAt() {
        return coloursAt() + colours * channels;
    }

    private boolean hasOnlyItsColours(int[] values) {
        if (colours == 0) {
            return true;
        }
        Set<Long> all = new HashSet<>();
        for (int at = coloursAt(); at < pixelsAt(); at += channels) {
            all.add(colour(values, at, channels));
        }
        for (int at = pixelsAt(); at < values.length; at += channels) {
            if (!all.contains(colour(values, at, channels))) {
                return false;
            }
        }
        return true;
    }

    /** The bytes of a colour as one number. */
    static long colour(int[] values, int at, int channels) {
        long colour = 0;
        for (int channel = 0; channel < channels; channel++) {
            colour = colour << 8 | values[at + channel];
        }
        return colour;
    }
}

package dev.ardm.data.image;

import dev.ardm.core.Space;
import org.jspecify.annotations.Nullable;

/**
 * Which channels an image has, and their bits. Layouts are widened without loss: grey to equal red, green and blue, no alpha
 * to full alpha, and few bits to more by the factor that takes the largest value to the largest.
 *
 * @param channels 1 grey, 2 grey and alpha, 3 RGB, 4 RGB and alpha
 * @param bits of a channel: 1, 2, 4 (of grey only), 8 or 16
 */
public record ImageLayout(int channels, int bits) {
    /** The layout of an image. */
    public static ImageLayout of(DecodedImage image) {
        return new ImageLayout(image.channels(), image.bits());
    }

    /** The layout whose images fill a space; null if the space is not one of such images. */
    public static @Nullable ImageLayout of(Space space) {
        if (space.rank() != 3 || space.extent(2) > 4 || space.categories().length != 1) {
            return null;
        }
        int bits = Integer.numberOfTrailingZeros(space.maxCategories());
        boolean whole = space.maxCategories() == 1 << bits && Integer.bitCount(bits) == 1;
        return whole && (bits >= 8 || space.extent(2) == 1) ? new ImageLayout(space.extent(2), bits) : null;
    }

    boolean alpha() {
        return channels % 2 == 0;
    }

    boolean colour() {
        return channels > 2;
    }

    /** The smallest layout that has room for images of both. */
    ImageLayout common(ImageLayout other) {
        int both = (colour() || other.colour() ? 3 : 1) + (alpha() || other.alpha() ? 1 : 0);
        return new ImageLayout(both, Math.max(both > 1 ? 8 : 1, Math.max(bits, other.bits)));
    }

    /** Whether images of another layout fit in without loss. */
    boolean holds(ImageLayout other) {
        return common(other).equals(this);
    }

    /** An image of this layout that looks the same. The layout must hold that of the image. */
    DecodedImage widen(DecodedImage image) {
        ImageLayout from = of(image);
        if (from.equals(this)) {
            return image;
        }
        if (!holds(from)) {
            throw new IllegalArgumentException(image.describe() + " does not fit into " + this);
        }
        int top = (1 << bits) - 1;
        int factor = top / ((1 << from.bits) - 1);
        int[] values = new int[Math.multiplyExact(image.height() * image.width(), channels)];
        int at = 0;
        for (int p = 0; p < image.values().length; p += from.channels) {
            int colours = colour() ? 3 : 1;
            for (int c = 0; c < colours; c++) {
                values[at++] = image.values()[p + (from.colour() ? c : 0)] * factor;
            }
            if (alpha()) {
                values[at++] = from.alpha() ? image.values()[p + from.channels - 1] * factor : top;
            }
        }
        return new DecodedImage(image.height(), image.width(), channels, bits, values);
    }
}

package dev.ardm.core.counts.pixel;

import org.jspecify.annotations.Nullable;

/**
 * The contexts of a value of an image: the values around it that come before it, row by row, from left to right, and the channels
 * of a pixel one after the other. Beyond the edges are the nearest values, above the first row zeros.
 */
final class Neighbours {
    /** Number of contexts of images of one channel. */
    private static final int OF_ONE = 16;

    /** Number of contexts more, of images of several channels. */
    private static final int OF_SEVERAL = 6;

    /** Number of {@link #shade}s. */
    static final int SHADES = 5;

    private static final long BASE = 0x9E3779B97F4A7C15L;
    private static final long FACTOR = 0xD6E8FEB86659FD93L;

    private final int height;
    private final int width;
    private final int channels;
    private final int plane;
    private final @Nullable BinaryContexts binary;
    private final int most;
    private final byte[] tones;
    private final byte[] shades;
    private final int dark;
    private int[] image = {};
    private int west;
    private int north;
    private int northEast;

    /** @param levels of a value, from 2 to 256 */
    Neighbours(int height, int width, int channels, int levels) {
        this(height, width, channels, levels, 0);
    }

    /** @param plane number of the first channel, where images of several kinds are learnt together */
    Neighbours(int height, int width, int channels, int levels, int plane) {
        this.plane = plane;
        this.binary = levels == 2 && channels == 1 ? new BinaryContexts(height, width) : null;
        this.height = height;
        this.width = width;
        this.channels = channels;
        this.most = levels - 1;
        this.tones = quantised(levels, new int[] {1, 32, 64, 96, 128, 160, 192, 224, 250, 254});
        this.shades = quantised(levels, new int[] {1, 64, 160, 250});
        this.dark = 100 * levels / 256;
    }

    /** In which of the classes that begin at these values, for 256 levels, each value is. */
    private static byte[] quantised(int levels, int[] begins) {
        byte[] classes = new byte[levels];
        for (int value = 0; value < levels; value++) {
            long scaled = levels <= begins.length + 1 ? value * 255L / (levels - 1) : value * 256L / levels;
            if (value == levels - 1) {
                scaled = 255;
            }
            for (int begin : begins) {
                classes[value] += (byte) (value > 0 && scaled >= begin ? 1 : 0);
            }
        }
        return classes;
    }

    /** Number of contexts. */
    int count() {
        return binary != null ? BinaryContexts.COUNT : channels == 1 ? OF_ONE : OF_ONE + OF_SEVERAL;
    }

    /** Number of channels. */
    int channels() {
        return channels;
    }

    /** Looks at an image, whose values may become known later. */
    void begin(int[] image) {
        this.image = image;
    }

    /** A class of {@link #SHADES} of a value. */
    private int shade(int value) {
        return shades[value];
    }

    /** What is left of, above and right above, as one of {@link #SHADES}^3. */
    int surroundings() {
        return (shade(west) * SHADES + shade(north)) * SHADES + shade(northEast);
    }

    private int at(int row, int column, int channel) {
        int x = Math.max(0, Math.min(width - 1, column));
        return row < 0 ? 0 : image[(row * width + x) * channels + channel];
    }

    private int west(int row, int column, int channel, int steps) {
        return column < steps
                ? at(row - 1, column - steps, channel)
                : image[(row * width + column - steps) * channels + channel];
    }

    private int clamp(int value) {
        return Math.max(0, Math.min(most, value));
    }

    /** The hashes of the contexts of a value. */
    void hashes(int row, int column, int channel, long[] hashes) {
        int n = at(row - 1, column, channel);
        int ne = at(row - 1, column + 1, channel);
        int nee = at(row - 1, column + 2, channel);
        int nw = at(row - 1, column - 1, channel);
        int nww = at(row - 1, column - 2, channel);
        int nn = at(row - 2, column, channel);
        int nne = at(row - 2, column + 1, channel);
        int nnw = at(row - 2, column - 1, channel);
        int nnn = at(row - 3, column, channel);
        int w = west(row, column, channel, 1);
        int ww = west(row, column, channel, 2);
        int www = west(row, column, channel, 3);
        west = w;
        north = n;
        northEast = ne;
        if (binary != null) {
            binary.hashes(image, row, column, hashes);
            return;
        }
        int gradient = clamp(w + n - nw);
        int k = (plane + channel) * 32;
        int c = 0;
        hashes[c++] = hash(k++, w, n);
        hashes[c++] = hash(k++, tones(w, n, nw, ne), 0);
        hashes[c++] = hash(k++, tones(n, ne, nn, nee), 0);
        hashes[c++] = hash(k++, w, tones(ww, www, 0, 0));
        hashes[c++] = hash(k++, tones(w, ww, nw, nww), 0);
        hashes[c++] = hash(k++, gradient, 0);
        hashes[c++] = hash(k++, tones(gradient, w, n, 0), 0);
        long eight = shades(shades(0, w, ww, nw, n), ne, nn, nww, nee);
        hashes[c++] = hash(k++, eight, 0);
        hashes[c++] = hash(k++, shades(eight, www, nne, nnw, nnn), 0);
        hashes[c++] = hash(k++, near(row, column, channel), tones[w]);
        int close = (w + nw + n + ne) * 16 / (most + 1);
        int around = (ww + nn + nww + nee) * 16 / (most + 1);
        hashes[c++] = hash(k++, tones(n, w, 0, 0), close * 64 + around);
        hashes[c++] = hash(k++, (w - nw) * 1024L + n - nw, 0);
        hashes[c++] = hash(k++, (n + ne - nne) * 1024L + n, tones[w]);
        hashes[c++] = hash(k++, rowAbove(row, column, channel), tones[w]);
        hashes[c++] = hash(k++, w, tones(n, nw, 0, 0));
        hashes[c++] = hash(k++, tones(clamp(2 * n - nn), clamp(2 * w - ww), ne, 0), 0);
        if (channels > 1) {
            int before = channel > 0
                    ? image[(row * width + column) * channels + channel - 1]
                    : west(row, column, channels - 1, 1);
            int other = channel > 0 ? channel - 1 : channels - 1;
            int otherW = west(row, column, other, 1);
            int otherN = at(row - 1, column, other);
            int otherNw = at(row - 1, column - 1, other);
            int first = channel > 1 ? image[(row * width + column) * channels] : 0;
            hashes[c++] = hash(k++, clamp(w + before - otherW), before);
            hashes[c++] = hash(k++, clamp(n + before - otherN), tones(w, before, 0, 0));
            hashes[c++] = hash(k++, clamp(gradient + before - clamp(otherW + otherN - otherNw)), 0);
            hashes[c++] =
                    hash(k++, clamp(gradient + before - clamp(otherW + otherN - otherNw)), tones(w, n, before, 0));
            hashes[c++] = hash(k++, before * 256L + first, tones(w, n, 0, 0));
            hashes[c] = hash(k, clamp((w + n) / 2 + before - (otherW + otherN) / 2), shades(0, w, n, ne, nw));
        }
    }

    private long tones(int a, int b, int c, int d) {
        return ((tones[a] * 11L + tones[b]) * 11 + tones[c]) * 11 + tones[d];
    }

    private long shades(long before, int a, int b, int c, int d) {
        return (((before * 5 + shade(a)) * 5 + shade(b)) * 5 + shade(c)) * 5 + shade(d);
    }

    /** Which of the 25 values next to it are light: seven in each of three rows above, four to the left. */
    private long near(int row, int column, int channel) {
        long bits = 0;
        for (int up = 1; up <= 3; up++) {
            for (int right = -3; right <= 3; right++) {
                bits = bits * 2 + (at(row - up, column + right, channel) > dark ? 1 : 0);
            }
        }
        for (int left = 1; left <= 4; left++) {
            bits = bits * 2 + (west(row, column, channel, left) > dark ? 1 : 0);
        }
        return bits;
    }

    /** Nine values of the row above in three classes. */
    private long rowAbove(int row, int column, int channel) {
        long classes = 0;
        for (int right = -3; right <= 5; right++) {
            int value = at(row - 1, column + right, channel);
            classes = classes * 3 + (value == 0 ? 0 : value < 2 * dark ? 1 : 2);
        }
        return classes;
    }

    private static long hash(int context, long a, long b) {
        long x = ((a + 1) * BASE ^ b + context) * FACTOR;
        x ^= x >>> 29;
        return (x + context) * BASE;
    }
}

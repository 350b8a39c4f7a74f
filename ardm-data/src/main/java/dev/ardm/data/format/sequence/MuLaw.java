package dev.ardm.data.format.sequence;

/**
 * Companding of 16-bit samples to 256 levels after ITU-T G.711 (mu-law, mu = 255): a level is the sign, the number of the
 * segment and four bits within it. Here levels are numbered in the order of what they stand for, so that neighbours sound
 * alike: 0 to 127 are the negative ones, 128 to 255 the others. G.711 sends level 127 - m as the byte 7F - m (hexadecimal),
 * and 128 + m as FF - m.
 */
final class MuLaw {
    /** Makes every segment begin at a power of two. */
    private static final int BIAS = 33;

    /** The largest magnitude, of 14 bits, that has a level. */
    private static final int MAX_MAGNITUDE = 8158;

    private MuLaw() {}

    /** The level in [0, 255] of a sample in [-32768, 32767]. */
    static int level(int sample) {
        // G.711 is defined on 14 bits.
        int magnitude = Math.min(MAX_MAGNITUDE, (sample < 0 ? -sample : sample) >> 2) + BIAS;
        int segment = 26 - Integer.numberOfLeadingZeros(magnitude);
        int within = magnitude >> segment + 1 & 15;
        int code = segment << 4 | within;
        return sample < 0 ? 127 - code : 128 + code;
    }

    /** The sample that stands for a level. */
    static int sample(int level) {
        int code = level < 128 ? 127 - level : level - 128;
        int segment = code >> 4;
        int magnitude = ((code & 15) * 2 + BIAS << segment) - BIAS;
        return (level < 128 ? -magnitude : magnitude) << 2;
    }
}

package dev.ardm.core.model;

/** IEEE binary16, which Java 17 has no conversions for. */
public final class Half {
    private Half() {}

    /** The value of 16 bits. */
    public static float value(short bits) {
        int sign = (bits & 0x8000) << 16;
        int exponent = bits >> 10 & 0x1F;
        int fraction = bits & 0x3FF;
        if (exponent == 0) {
            float magnitude = fraction * 0x1p-24f;
            return sign == 0 ? magnitude : -magnitude;
        }
        int wide = exponent == 31 ? 0xFF : exponent - 15 + 127;
        return Float.intBitsToFloat(sign | wide << 23 | fraction << 13);
    }

    /** The 16 bits nearest to a value, ties to even; values beyond 65504 become infinite. */
    public static short bits(float value) {
        int all = Float.floatToRawIntBits(value);
        int sign = all >>> 16 & 0x8000;
        float magnitude = Math.abs(value);
        if (Float.isNaN(magnitude)) {
            return (short) (sign | 0x7E00);
        }
        if (magnitude >= 65520f) {
            return (short) (sign | 0x7C00);
        }
        if (magnitude < 0x1p-14f) {
            return (short) (sign | (int) Math.rint(magnitude * 0x1p24f)); // subnormal: exact scaling, then one rounding
        }
        int bits = Float.floatToRawIntBits(magnitude);
        int rounded = bits + 0xFFF + (bits >>> 13 & 1);
        return (short) (sign | (rounded - (112 << 23)) >>> 13);
    }

    /** The representable value nearest to a value. */
    static float round(float value) {
        return value(bits(value));
    }
}

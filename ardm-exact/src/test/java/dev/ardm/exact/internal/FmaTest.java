package dev.ardm.exact.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The emulated operation against decimal arithmetic of any length, where one rounding differs from two, and everywhere else. */
class FmaTest {
    private static final float[] SPECIAL = {
        0f,
        Float.MIN_VALUE,
        3 * Float.MIN_VALUE,
        Math.nextDown(Float.MIN_NORMAL),
        Float.MIN_NORMAL,
        Math.nextUp(Float.MIN_NORMAL),
        0x1p-75f,
        0x1.000002p-75f,
        0x1p-24f,
        0x1.fffffep-25f,
        0.5f,
        Math.nextDown(1f),
        1f,
        Math.nextUp(1f),
        1.5f,
        3f,
        0x1p24f,
        0x1.000002p24f,
        0x1p63f,
        0x1.fffffep63f,
        0x1p103f,
        0x1p127f,
        Float.MAX_VALUE,
        Float.POSITIVE_INFINITY,
        Float.NaN,
    };

    private final Random random = new Random(29);

    @Test
    void specialNumbersInEveryPlace() {
        for (float a : SPECIAL) {
            for (float b : SPECIAL) {
                for (float c : SPECIAL) {
                    for (int signs = 0; signs < 8; signs++) {
                        checkFast((signs & 1) == 0 ? a : -a, (signs & 2) == 0 ? b : -b, (signs & 4) == 0 ? c : -c);
                    }
                }
            }
        }
    }

    /** Sums a little above, below and at the middle between two floats: two roundings go wrong, and only this one does not. */
    @Test
    void sumsNextToTheMiddleBetweenFloats() {
        int twice = 0;
        for (int i = 0; i < 20_000; i++) {
            float c = Math.scalb(1 + random.nextInt(1 << 23) * 0x1p-23f, random.nextInt(40) - 20);
            twice += nextToTheMiddle(c);
        }
        assertThat(twice).isGreaterThan(2_000);
    }

    @Test
    void sumsNextToTheMiddleBetweenSubnormalFloats() {
        int twice = 0;
        for (int i = 0; i < 20_000; i++) {
            twice += nextToTheMiddle((1 + random.nextInt(1 << 23)) * Float.MIN_VALUE);
        }
        assertThat(twice).isGreaterThan(2_000);
    }

    /** Adds half of the last place, times a number around 1 that has bits far below those of a double, and returns 1 if two roundings go wrong. */
    private int nextToTheMiddle(float c) {
        int exponent = (int) Math.round(Math.log(Math.ulp(c)) / Math.log(2)) - 1;
        int small = random.nextInt(1 << random.nextInt(13));
        int other = random.nextBoolean() ? small : -small;
        float a = Math.scalb(1 + small * 0x1p-23f, exponent / 2) * (random.nextBoolean() ? 1 : -1);
        float b = Math.scalb(1 - other * 0x1p-23f, exponent - exponent / 2);
        float signed = random.nextBoolean() ? c : -c;
        check(a, b, signed);
        return (float) ((double) a * b + signed) == truth(a, b, signed) ? 0 : 1;
    }

    @Test
    void productsThatCancel() {
        for (int i = 0; i < 20_000; i++) {
            float a = (float) random.nextGaussian();
            float b = (float) random.nextGaussian();
            float c = -a * b;
            check(a, b, c);
            check(a, b, Math.nextUp(c));
            check(a, b, c * Math.nextUp(1f));
        }
    }

    @Test
    void numbersOfAllSizes() {
        for (int i = 0; i < 300_000; i++) {
            float a = Float.intBitsToFloat(random.nextInt());
            float b = Float.intBitsToFloat(random.nextInt());
            float c = Float.intBitsToFloat(random.nextInt());
            checkFast(a, b, c);
            // Of sizes at which all three matter.
            int size = Math.max(-149, Math.min(127, Math.getExponent(c) - Math.getExponent(a)));
            checkFast(a, Math.scalb(1 + random.nextFloat(), size + random.nextInt(60) - 30), c);
        }
    }

    @Test
    void theChosenWayGivesTheSame() {
        assertThat(Float.floatToRawIntBits(Fma.of(0x1.000002p0f, 0x1.fffffcp-1f, 0x1p24f)))
                .isEqualTo(Float.floatToRawIntBits(truth(0x1.000002p0f, 0x1.fffffcp-1f, 0x1p24f)));
    }

    private static void check(float a, float b, float c) {
        check(a, b, c, truth(a, b, c));
    }

    /** The same for many numbers: against the processor, if it has the instruction. */
    private static void checkFast(float a, float b, float c) {
        check(a, b, c, Fma.INSTRUCTION ? Math.fma(a, b, c) : truth(a, b, c));
    }

    private static void check(float a, float b, float c, float truth) {
        float emulated = Fma.emulated(a, b, c);
        if (Float.floatToIntBits(emulated) != Float.floatToIntBits(truth)) {
            throw new AssertionError("fma(" + Float.toHexString(a) + ", " + Float.toHexString(b) + ", "
                    + Float.toHexString(c) + ") is " + Float.toHexString(emulated) + ", not "
                    + Float.toHexString(truth));
        }
    }

    /** With decimal numbers. Where the result is a zero or not a number, plain arithmetic gives it. */
    private static float truth(float a, float b, float c) {
        double product = (double) a * b;
        if (!Double.isFinite(product) || !Float.isFinite(c)) {
            return (float) (product + c);
        }
        BigDecimal sum = new BigDecimal(a).multiply(new BigDecimal(b)).add(new BigDecimal(c));
        if (sum.signum() == 0) {
            return (float) (product + c);
        }
        // BigDecimal gives a zero no sign.
        float magnitude = sum.abs().floatValue();
        return sum.signum() < 0 ? -magnitude : magnitude;
    }
}

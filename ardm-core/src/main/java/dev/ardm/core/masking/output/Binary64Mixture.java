package dev.ardm.core.masking.output;

import dev.ardm.core.masking.process.Process;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToDoubleFunction;

/** The components of one unit in binary64, one number for each. */
final class Binary64Mixture implements ComponentMath.WithLogarithms<double[]> {
    private final Process process;
    private final LogisticMixture output;
    private final DiscretizedLogistics logistics;
    private float[] outputs = new float[0];
    private int offset;
    private int[] item = new int[0];
    private int unit;
    private int stage;

    Binary64Mixture(Process process, LogisticMixture output) {
        this.process = process;
        this.output = output;
        this.logistics = new DiscretizedLogistics(output, process.space().maxCategories());
    }

    /** See {@link UnitLikelihood#nats}. */
    double nats(float[] unitOutputs, int unitOffset, int[] wholeItem, int itemUnit, int unitStage) {
        outputs = unitOutputs;
        offset = unitOffset;
        item = wholeItem;
        unit = itemUnit;
        stage = unitStage;
        // At the first stage nothing is known before. Joint channels have one stage.
        return logistics.nats(this, stage > 0)[0];
    }

    private double[] each(IntToDoubleFunction number) {
        double[] out = new double[output.components()];
        for (int m = 0; m < out.length; m++) {
            out[m] = number.applyAsDouble(m);
        }
        return out;
    }

    private double[] map(double[] x, DoubleUnaryOperator function) {
        return each(m -> function.applyAsDouble(x[m]));
    }

    @Override
    public double[] outputs(int first) {
        return each(m -> outputs[offset + first + m]);
    }

    @Override
    public double[] times(double[] x, float factor) {
        return map(x, v -> v * factor);
    }

    @Override
    public double[] plusProduct(double[] sum, double[] x, double[] y) {
        return each(m -> Math.fma(x[m], y[m], sum[m]));
    }

    @Override
    public double[] clamp(double[] x, float least, float largest) {
        return map(x, v -> Math.max(least, Math.min(largest, v)));
    }

    @Override
    public double[] exp(double[] x) {
        return map(x, StrictMath::exp);
    }

    @Override
    public double[] deviation(int channel, double[] means) {
        double value = logistics.scaled(value(channel));
        return map(means, v -> value - v);
    }

    private int value(int channel) {
        return item[unit * output.channels() + channel];
    }

    @Override
    public double[] add(double[] x, double[] y) {
        return each(m -> x[m] + y[m]);
    }

    @Override
    public double[] subtract(double[] x, double[] y) {
        return each(m -> x[m] - y[m]);
    }

    @Override
    public double[] multiply(double[] x, double[] y) {
        return each(m -> x[m] * y[m]);
    }

    @Override
    public double[] negate(double[] x) {
        return map(x, v -> -v);
    }

    @Override
    public double[] logSoftmax(double[] x) {
        double largest = Arrays.stream(x).max().orElseThrow(); // taken off first, since logits may be as large as 1e20
        double[] shifted = map(x, v -> v - largest);
        double sum = UnitLikelihood.logSumExp(shifted);
        return map(shifted, v -> v - sum);
    }

    /** The same number for all components. */
    @Override
    public double[] logSumExp(double[] x) {
        double sum = UnitLikelihood.logSumExp(x);
        return each(m -> sum);
    }

    @Override
    public double[] logSigmoid(double[] x) {
        return map(x, z -> z < 0 ? z - StrictMath.log1p(StrictMath.exp(z)) : -StrictMath.log1p(StrictMath.exp(-z)));
    }

    @Override
    public double[] logOneMinusExp(double[] x) {
        return map(x, v -> StrictMath.log(-StrictMath.expm1(-v)));
    }

    @Override
    public ComponentMath.Interval<double[]> interval(int channel, int stages) {
        int categories = process.space().maxCategories();
        int from = process.coarse(value(channel), stage + stages);
        int to = Math.min(from + process.width(stage + stages), categories);
        double low = logistics.boundaryBelow(from);
        double high = logistics.boundaryBelow(to);
        double width = 2.0 * (to - from) / (categories - 1);
        return new Bounds(each(m -> low), each(m -> high), each(m -> width), from == 0, to == categories);
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Bounds(double[] low, double[] high, double[] width, boolean least, boolean largest)
            implements ComponentMath.Interval<double[]> {
        @Override
        public double[] zeroIfLeast(double[] x) {
            return least ? new double[x.length] : x;
        }

        @Override
        public double[] zeroIfLargest(double[] x) {
            return largest ? new double[x.length] : x;
        }
    }
}

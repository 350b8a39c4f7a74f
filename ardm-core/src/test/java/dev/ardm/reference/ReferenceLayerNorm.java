package dev.ardm.reference;

/** Layer norm (arithmetic.md, Layer norm). */
final class ReferenceLayerNorm {

    private ReferenceLayerNorm() {}

    static ReferenceMap norm(ReferenceMap in, float[] weight, float[] bias) {
        ReferenceMap out = new ReferenceMap(in.h(), in.w(), in.c());
        for (int place = 0; place < in.places(); place++) {
            int from = place * in.c();
            float mean = mean(in, from);
            float root = (float) (1 / Math.sqrt((double) variance(in, from, mean) + 1e-5f));
            for (int i = 0; i < in.c(); i++) {
                float scale = root * weight[i];
                out.values()[from + i] = Math.fma(in.values()[from + i] - mean, scale, bias[i]);
            }
        }
        return out;
    }

    private static float mean(ReferenceMap in, int from) {
        ReferenceStripes stripes = new ReferenceStripes();
        for (int i = 0; i < in.c(); i++) {
            stripes.add(in.values()[from + i]);
        }
        return stripes.sum() / in.c();
    }

    private static float variance(ReferenceMap in, int from, float mean) {
        ReferenceStripes stripes = new ReferenceStripes();
        for (int i = 0; i < in.c(); i++) {
            stripes.addSquare(in.values()[from + i] - mean);
        }
        return stripes.sum() / in.c();
    }
}

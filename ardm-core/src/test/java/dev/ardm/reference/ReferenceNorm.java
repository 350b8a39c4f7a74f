package dev.ardm.reference;

/** Group norm (arithmetic.md, Group norm). */
final class ReferenceNorm {

    private static final int BLOCK = 64;

    private ReferenceNorm() {}

    static ReferenceMap norm(ReferenceMap in, float[] weight, float[] bias, int groups) {
        int width = in.c() / groups;
        double count = (double) in.places() * width;
        ReferenceMap out = new ReferenceMap(in.h(), in.w(), in.c());
        for (int group = 0; group < groups; group++) {
            int begin = group * width;
            int end = begin + width;
            float mean = (float) (sum(in, begin, end) / count);
            double variance = sumOfSquares(in, begin, end, mean) / count;
            float root = (float) (1 / Math.sqrt(variance + 1e-5f));
            for (int channel = begin; channel < end; channel++) {
                float scale = root * weight[channel];
                for (int i = channel; i < in.values().length; i += in.c()) {
                    out.values()[i] = Math.fma(in.values()[i] - mean, scale, bias[channel]);
                }
            }
        }
        return out;
    }

    private static double sum(ReferenceMap in, int begin, int end) {
        double total = 0;
        for (int channel = begin; channel < end; channel++) {
            double ofChannel = 0;
            for (int first = 0; first < in.places(); first += BLOCK) {
                float ofBlock = 0;
                for (int place = first; place < Math.min(first + BLOCK, in.places()); place++) {
                    ofBlock += in.values()[place * in.c() + channel];
                }
                ofChannel += ofBlock;
            }
            total += ofChannel;
        }
        return total;
    }

    private static double sumOfSquares(ReferenceMap in, int begin, int end, float mean) {
        double total = 0;
        for (int channel = begin; channel < end; channel++) {
            double ofChannel = 0;
            for (int first = 0; first < in.places(); first += BLOCK) {
                float ofBlock = 0;
                for (int place = first; place < Math.min(first + BLOCK, in.places()); place++) {
                    float d = in.values()[place * in.c() + channel] - mean;
                    ofBlock = Math.fma(d, d, ofBlock);
                }
                ofChannel += ofBlock;
            }
            total += ofChannel;
        }
        return total;
    }
}

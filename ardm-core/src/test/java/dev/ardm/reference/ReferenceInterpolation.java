package dev.ardm.reference;

/** What the known values around each value tell of it (arithmetic.md, Interpolation). */
final class ReferenceInterpolation {

    private ReferenceInterpolation() {}

    /** A map of 2 C channels: the means of all channels, then how much is known. */
    static ReferenceMap of(ReferenceSight sight, int[] shape) {
        int depth = shape[2];
        ReferenceMap map = new ReferenceMap(shape[0], shape[1], 2 * depth);
        for (int place = 0; place < map.places(); place++) {
            for (int c = 0; c < depth; c++) {
                float weights = 0;
                float sum = 0;
                for (int other = 0; other < map.places(); other++) {
                    int position = other * depth + c;
                    if (other != place && sight.told(position)) {
                        long dy = other / shape[1] - place / shape[1];
                        long dx = other % shape[1] - place % shape[1];
                        double square = (double) (dx * dx + dy * dy);
                        float weight = (float) (1 / (square * square));
                        weights = weights + weight;
                        sum = Math.fma(weight, sight.number(position), sum);
                    }
                }
                int at = place * 2 * depth + c;
                map.values()[at] = sight.held(position(place, c, depth), weights > 0 ? sum / weights : 0);
                map.values()[at + depth] = weights / (1 + weights);
            }
        }
        return map;
    }

    private static int position(int place, int c, int depth) {
        return place * depth + c;
    }
}

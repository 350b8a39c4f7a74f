package dev.ardm.core.counts.pixel;

import java.util.List;

/**
 * What images cost while a model of counts learnt them.
 *
 * @param learning of each image its information in bits when those before it were learnt
 * @param others at each of the asked numbers of learnt images, the information in bits of the images that were to be measured
 */
@SuppressWarnings("ArrayRecordComponent") // A carrier, never compared.
public record LearningCosts(double[] learning, double[] others) {
    /** Learns an image, or measures it. */
    interface Lane {
        double bits(int[] image, boolean learning);
    }

    /**
     * Learns images.
     *
     * @param images to learn, in their order
     * @param numbers of images, increasing, after which to measure
     * @param measured what to measure
     */
    static LearningCosts of(Lane lane, List<int[]> images, int[] numbers, List<int[]> measured) {
        double[] learning = new double[images.size()];
        double[] others = new double[numbers.length];
        int next = 0;
        for (int k = 0; k <= images.size(); k++) {
            while (next < numbers.length && numbers[next] == k) {
                for (int[] image : measured) {
                    others[next] += lane.bits(image, false);
                }
                next++;
            }
            if (k < images.size()) {
                learning[k] = lane.bits(images.get(k), true);
            }
        }
        return new LearningCosts(learning, others);
    }
}

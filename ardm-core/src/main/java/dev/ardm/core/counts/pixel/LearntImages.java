package dev.ardm.core.counts.pixel;

import java.util.ArrayList;
import java.util.List;

/**
 * What a model of counts has learnt, and the images from which, in their order. Filled in by one thread, then shared.
 *
 * @param <P> what predicts others
 */
final class LearntImages<P> {
    private final P predictor;
    private final List<byte[]> images = new ArrayList<>();

    /** @param predictor that learns what is {@link #add added} */
    LearntImages(P predictor) {
        this.predictor = predictor;
    }

    /** What predicts others. */
    P predictor() {
        return predictor;
    }

    /** Keeps an image that the predictor learnt. */
    void add(int[] image) {
        byte[] values = new byte[image.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (byte) image[i];
        }
        images.add(values);
    }

    /** Number of images. */
    int count() {
        return images.size();
    }

    /** The values of an image. */
    int[] image(int number) {
        byte[] values = images.get(number);
        int[] image = new int[values.length];
        for (int i = 0; i < image.length; i++) {
            image[i] = values[i] & 0xFF;
        }
        return image;
    }
}

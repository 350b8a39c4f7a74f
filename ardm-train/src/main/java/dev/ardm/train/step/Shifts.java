package dev.ardm.train.step;

import dev.ardm.core.RandomStream;
import dev.ardm.core.Space;
import java.nio.IntBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Images moved by a few places, so that a network sees more of them than there are. What comes in from outside is the pixel that is
 * most common along the border.
 */
public final class Shifts {
    private final int height;
    private final int width;
    private final int channels;
    private final int most;

    /**
     * @param most places along each axis
     * @throws IllegalArgumentException if the space is not one of images, or these are no larger than the shift
     */
    public Shifts(Space space, int most) {
        if (most > 0 && space.rank() != 3) {
            throw new IllegalArgumentException("shifts are for images, not for items of " + space);
        }
        if (most > 0 && most >= Math.min(space.extent(0), space.extent(1))) {
            throw new IllegalArgumentException("images of " + space + " cannot be shifted by " + most);
        }
        this.most = most;
        height = most > 0 ? space.extent(0) : 0;
        width = most > 0 ? space.extent(1) : 0;
        channels = most > 0 ? space.extent(2) : 0;
    }

    /** The image, moved; every shift is equally likely. Draws nothing where there are no shifts. */
    public int[] draw(int[] image, RandomStream random) {
        if (most == 0) {
            return image;
        }
        int down = random.nextInt(2 * most + 1) - most;
        int right = random.nextInt(2 * most + 1) - most;
        return move(image, down, right);
    }

    /** The image, moved down and to the right, or up and to the left by negative numbers. */
    int[] move(int[] image, int down, int right) {
        int[] outside = border(image);
        int[] out = new int[image.length];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int fromY = y - down;
                int fromX = x - right;
                boolean inside = fromY >= 0 && fromY < height && fromX >= 0 && fromX < width;
                System.arraycopy(
                        inside ? image : outside,
                        inside ? (fromY * width + fromX) * channels : 0,
                        out,
                        (y * width + x) * channels,
                        channels);
            }
        }
        return out;
    }

    /** The most common pixel of the border; of several the one that is met first. */
    private int[] border(int[] image) {
        Map<IntBuffer, Integer> counts = new HashMap<>();
        int[] best = {};
        int most = 0;
        for (int y = 0; y < height; y++) {
            int step = y == 0 || y == height - 1 ? 1 : Math.max(1, width - 1);
            for (int x = 0; x < width; x += step) {
                int at = (y * width + x) * channels;
                int[] pixel = Arrays.copyOfRange(image, at, at + channels);
                int count = counts.merge(IntBuffer.wrap(pixel), 1, Integer::sum);
                if (count > most) {
                    most = count;
                    best = pixel;
                }
            }
        }
        return best;
    }
}

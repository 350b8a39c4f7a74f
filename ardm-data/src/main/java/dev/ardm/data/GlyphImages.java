package dev.ardm.data;

import dev.ardm.core.RandomStream;
import dev.ardm.core.Space;
import java.util.ArrayList;
import java.util.List;

/**
 * Small grey images of drawn digits and letters, for first steps without data of one's own. They are made by arithmetic
 * that is the same on every machine, without fonts.
 */
public final class GlyphImages {
    private static final int LEVELS = 31;

    private GlyphImages() {}

    /**
     * Makes images of {@code size x size x 1}, 256 categories: one of 30 glyphs each, in a hand of its own (place, size,
     * slant, wobble, pen), bright on black, in 32 levels of grey. Item {@code i} depends on the size, the seed and
     * {@code i} only.
     *
     * @param count at least 0
     * @param size of a side, 8 to 128
     */
    public static ItemSet glyphs(int count, int size, long seed) {
        if (count < 0 || size < 8 || size > 128) {
            throw new IllegalArgumentException(count + " images of a side of " + size + " (8 to 128)");
        }
        Space space = Space.image(size, size, 1, 256);
        PackedItemSet.Builder items = PackedItemSet.builder(space.dimensions());
        for (int i = 0; i < count; i++) {
            items.add(draw(size, RandomStream.of(seed, RandomStream.Purpose.SYNTHETIC, i)), null);
        }
        return items.build(space);
    }

    private static int[] draw(int size, RandomStream random) {
        int glyph = random.nextInt(GlyphShapes.count());
        Hand hand = new Hand(size, random);
        double radius = size * between(random, 0.038, 0.068);
        double softness = between(random, 0.9, 1.3);
        double brightness = between(random, 0.78, 1.0);
        List<List<double[]>> strokes = new ArrayList<>();
        double[][][] shape = GlyphShapes.strokes(glyph);
        for (int s = 0; s < shape.length; s++) {
            double[][] control = new double[shape[s].length][];
            for (int p = 0; p < control.length; p++) {
                control[p] = hand.place(shape[s][p], random);
            }
            strokes.add(GlyphShapes.smooth(glyph, s) ? GlyphShapes.curve(control) : List.of(control));
        }
        int[] item = new int[size * size];
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                double distance = distance(strokes, x + 0.5, y + 0.5);
                double ink = Math.min(1, Math.max(0, 0.5 + (radius - distance) / softness));
                int level = (int) (ink * brightness * LEVELS + 0.5);
                item[y * size + x] = level * 255 / LEVELS;
            }
        }
        return item;
    }

    private static double between(RandomStream random, double low, double high) {
        return low + (high - low) * random.nextDouble();
    }

    private static double distance(List<List<double[]>> strokes, double x, double y) {
        double least = Double.MAX_VALUE;
        for (List<double[]> stroke : strokes) {
            for (int i = 0; i + 1 < stroke.size(); i++) {
                double[] a = stroke.get(i);
                double[] b = stroke.get(i + 1);
                double dx = b[0] - a[0];
                double dy = b[1] - a[1];
                double length = dx * dx + dy * dy;
                double t = length == 0 ? 0 : ((x - a[0]) * dx + (y - a[1]) * dy) / length;
                t = Math.min(1, Math.max(0, t));
                double ex = x - a[0] - t * dx;
                double ey = y - a[1] - t * dy;
                least = Math.min(least, ex * ex + ey * ey);
            }
        }
        return Math.sqrt(least);
    }

    /** How one writer puts the points of a glyph on the paper. */
    private static final class Hand {
        private final double xx;
        private final double xy;
        private final double yx;
        private final double yy;
        private final double left;
        private final double top;
        private final double wobble;

        Hand(int size, RandomStream random) {
            double unit = size / 100.0;
            double wide = unit * between(random, 0.58, 0.82);
            double high = unit * between(random, 0.68, 0.86);
            double angle = between(random, -0.16, 0.16);
            double slant = between(random, -0.12, 0.28);
            double cos = StrictMath.cos(angle);
            double sin = StrictMath.sin(angle);
            xx = cos * wide;
            xy = -sin * high - slant * wide;
            yx = sin * wide;
            yy = cos * high;
            left = size * between(random, 0.46, 0.54);
            top = size * between(random, 0.46, 0.54);
            wobble = between(random, 0.5, 3.5);
        }

        double[] place(double[] point, RandomStream random) {
            double x = point[0] - 50 + wobble * random.nextGaussian();
            double y = point[1] - 50 + wobble * random.nextGaussian();
            return new double[] {left + xx * x + xy * y, top + yx * x + yy * y};
        }
    }
}

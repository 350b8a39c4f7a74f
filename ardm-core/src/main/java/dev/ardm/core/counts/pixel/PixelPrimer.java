package dev.ardm.core.counts.pixel;

import dev.ardm.coding.AnsStack;
import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.internal.bytes.ByteCursor;
import dev.ardm.coding.internal.bytes.ByteSink;
import dev.ardm.core.Space;
import dev.ardm.core.counts.internal.Measure;
import dev.ardm.core.counts.internal.MeasuringCoder;
import dev.ardm.core.decision.StackReader;
import dev.ardm.core.decision.StackWriter;
import dev.ardm.core.decision.SymbolCoder;
import java.util.List;

/**
 * The images that a model of counts learnt, coded by the model itself while it learns them. To open the model is to decode its
 * primer: the same counts and weights come out, to the bit.
 *
 * <p>Bytes, as varints: the value that is asked for first plus 1, or 0 if there is none; binary logarithm of the size of the table.
 * Then a stack of the images' values.
 */
final class PixelPrimer {
    private static final int COMMON = 4; // A value is asked for first if one in so many values is it.

    private static final long VALUES_A_BYTE =
            16; // At the most; where they are more, the table is smaller than it could be.

    private PixelPrimer() {}

    /** Images as bytes, how many they are, and what was learnt from them. */
    record Encoded(byte[] bytes, int images, LearntImages<PixelPredictor> learnt) {}

    /** Learns images in their order, and writes them. */
    static Encoded encode(Space space, List<int[]> images) {
        return encode(space, images, images.size(), Long.MAX_VALUE / VALUES_A_BYTE, 1);
    }

    /**
     * Learns images, evenly from all, and writes them.
     *
     * @param mostValues of all of them
     * @param mostBytes of the primer: the image that passes them is the last one
     */
    static Encoded encode(Space space, List<int[]> images, int mostValues, long mostBytes) {
        int most = Math.min(images.size(), mostValues / space.dimensions());
        return encode(space, images, most, mostBytes, step(images.size()));
    }

    private static Encoded encode(Space space, List<int[]> images, int most, long mostBytes, int step) {
        int common = common(space, images);
        int slots = PixelPredictor.slots(Math.min(space.dimensions() * (long) most, mostBytes * VALUES_A_BYTE));
        PixelPredictor predictor = predictor(space, common, slots);
        PixelPredictor.Lane lane = predictor.new Lane();
        StackWriter writer = new StackWriter();
        Measure measure = new Measure();
        SymbolCoder both = new MeasuringCoder(writer, measure);
        LearntImages<PixelPredictor> learnt = new LearntImages<>(predictor);
        while (learnt.count() < most && measure.bits() / 8 < mostBytes) {
            int[] image = images.get((int) ((long) step * learnt.count() % images.size()));
            lane.learn(both, image.clone());
            learnt.add(image);
        }
        AnsStack stack = AnsStack.of(1);
        writer.push(stack);
        ByteSink bytes = new ByteSink();
        bytes.varint(common + 1);
        bytes.varint(slots);
        bytes.bytes(stack.toBytes());
        return new Encoded(bytes.toByteArray(), learnt.count(), learnt);
    }

    /** Going through so many items by steps of this number comes to all of them, and at any time to some of everywhere. */
    private static int step(int images) {
        int step = Math.max(1, (int) (0.618034 * images));
        while (gcd(step, images) > 1) {
            step++;
        }
        return step;
    }

    private static int gcd(int a, int b) {
        return b == 0 ? a : gcd(b, a % b);
    }

    /** The most frequent value, if it is frequent and there are more than two; else -1. */
    private static int common(Space space, List<int[]> images) {
        long[] frequencies = new long[space.maxCategories()];
        for (int[] image : images) {
            for (int value : image) {
                frequencies[value]++;
            }
        }
        int common = 0;
        for (int value = 1; value < frequencies.length; value++) {
            if (frequencies[value] > frequencies[common]) {
                common = value;
            }
        }
        long all = (long) images.size() * space.dimensions();
        return frequencies.length > 2 && frequencies[common] * COMMON > all ? common : -1;
    }

    private static PixelPredictor predictor(Space space, int common, int slots) {
        int[] shape = space.shape();
        return new PixelPredictor(shape[0], shape[1], shape[2], space.maxCategories(), common, slots);
    }

    /** See {@link LearningCosts#of}. */
    static LearningCosts costs(Space space, List<int[]> images, int[] numbers, List<int[]> measured) {
        int slots = PixelPredictor.slots(space.dimensions() * (long) images.size());
        PixelPredictor.Lane lane = predictor(space, common(space, images), slots).new Lane();
        return LearningCosts.of(
                (image, learning) -> {
                    Measure measure = new Measure();
                    if (learning) {
                        lane.learn(measure, image.clone());
                    } else {
                        lane.code(position -> measure, image.clone());
                    }
                    return measure.bits();
                },
                images,
                numbers,
                measured);
    }

    /**
     * Reads what {@link #encode} wrote.
     *
     * @throws DamagedException if it is damaged, as far as that shows
     */
    static LearntImages<PixelPredictor> decode(Space space, byte[] primer, int images) throws DamagedException {
        ByteCursor cursor = new ByteCursor(DamagedException.STREAM, "primer", 0, primer, primer.length);
        int common = cursor.varint("most frequent value", 0, space.maxCategories()) - 1;
        int slots = cursor.varint(
                "logarithm of the size of the table", PixelPredictor.FEWEST_SLOTS, PixelPredictor.MOST_SLOTS);
        AnsStack stack = AnsStack.fromBytes(primer, (int) cursor.position(), cursor.left());
        PixelPredictor predictor = predictor(space, common, slots);
        PixelPredictor.Lane lane = predictor.new Lane();
        StackReader reader = new StackReader(stack);
        LearntImages<PixelPredictor> learnt = new LearntImages<>(predictor);
        int[] image = new int[space.dimensions()];
        for (int k = 0; k < images; k++) {
            lane.learn(reader, image);
            learnt.add(image);
        }
        if (stack.words() > 0 || stack.head() != 1) {
            throw DamagedException.inStream(0, "the primer does not end where its images do");
        }
        return learnt;
    }
}

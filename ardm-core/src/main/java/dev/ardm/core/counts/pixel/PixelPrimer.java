package dev.ardm.core.counts.pixel;

import dev.ardm.coding.AnsStack;
import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.internal.bytes.ByteCursor;
import dev.ardm.coding.internal.bytes.ByteSink;
import dev.ardm.core.Space;
import dev.ardm.core.counts.internal.StackReader;
import dev.ardm.core.counts.internal.StackWriter;
import java.util.List;

/**
 * The images that a model of counts learnt, coded by the model itself while it learns them. To open the model is to decode its
 * primer: the same counts and weights come out, to the bit.
 *
 * <p>Bytes: as a varint the value that is asked for first plus 1, or 0 if there is none; then a stack of the images' values.
 */
final class PixelPrimer {
    private static final int COMMON = 4; // A value is asked for first if one in so many values is it.

    private PixelPrimer() {}

    /** The images as bytes, and what was learnt from them. */
    record Encoded(byte[] bytes, PixelPredictor learnt) {}

    /** Learns images in their order, and writes them. */
    static Encoded encode(Space space, List<int[]> images) {
        int common = common(space, images);
        PixelPredictor predictor = predictor(space, common, images.size());
        PixelPredictor.Lane lane = predictor.new Lane();
        StackWriter writer = new StackWriter();
        for (int[] image : images) {
            lane.learn(writer, image.clone());
        }
        AnsStack stack = AnsStack.of(1);
        writer.push(stack);
        ByteSink bytes = new ByteSink();
        bytes.varint(common + 1);
        bytes.bytes(stack.toBytes());
        return new Encoded(bytes.toByteArray(), predictor);
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

    private static PixelPredictor predictor(Space space, int common, int images) {
        int[] shape = space.shape();
        return new PixelPredictor(shape[0], shape[1], shape[2], space.maxCategories(), common, images);
    }

    /**
     * Reads what {@link #encode} wrote.
     *
     * @throws DamagedException if it is damaged, as far as that shows
     */
    static PixelPredictor decode(Space space, byte[] primer, int images) throws DamagedException {
        ByteCursor cursor = new ByteCursor(DamagedException.STREAM, "primer", 0, primer, primer.length);
        int common = cursor.varint("most frequent value", 0, space.maxCategories()) - 1;
        AnsStack stack = AnsStack.fromBytes(primer, (int) cursor.position(), cursor.left());
        PixelPredictor predictor = predictor(space, common, images);
        PixelPredictor.Lane lane = predictor.new Lane();
        StackReader reader = new StackReader(stack);
        int[] image = new int[space.dimensions()];
        for (int k = 0; k < images; k++) {
            lane.learn(reader, image);
        }
        if (stack.words() > 0 || stack.head() != 1) {
            throw DamagedException.inStream(0, "the primer does not end where its images do");
        }
        return predictor;
    }
}

package dev.ardm.core.counts.pixel;

import dev.ardm.coding.AnsStack;
import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.internal.bytes.ByteCursor;
import dev.ardm.coding.internal.bytes.ByteSink;
import dev.ardm.core.counts.internal.Measure;
import dev.ardm.core.decision.StackReader;
import dev.ardm.core.decision.StackWriter;
import java.util.List;

/**
 * The pictures that a model of counts learnt, coded by the model itself while it learns them, as {@link PixelPrimer} is.
 *
 * <p>Bytes: binary logarithm of the size of the table, as a varint; then a stack of the pictures.
 */
final class PicturePrimer {
    /** The head that the stack starts from: no writer leaves a smaller one, so a reader sees where a damaged one ends. */
    private static final int START = 1 << 16;

    private PicturePrimer() {}

    /** Pictures as bytes, and what was learnt from them. */
    @SuppressWarnings("ArrayRecordComponent") // A carrier, never compared.
    record Encoded(byte[] bytes, LearntImages<PicturePredictor> learnt) {}

    /** Learns pictures in their order, and writes them. */
    static Encoded encode(List<int[]> pictures) {
        int slots = slots(pictures);
        PicturePredictor predictor = new PicturePredictor(slots);
        PicturePredictor.Lane lane = predictor.new Lane();
        StackWriter writer = new StackWriter();
        LearntImages<PicturePredictor> learnt = new LearntImages<>(predictor);
        for (int[] picture : pictures) {
            lane.write(writer, picture, true);
            learnt.add(picture);
        }
        AnsStack stack = AnsStack.of(START);
        writer.push(stack);
        ByteSink bytes = new ByteSink();
        bytes.varint(slots);
        bytes.bytes(stack.toBytes());
        return new Encoded(bytes.toByteArray(), learnt);
    }

    private static int slots(List<int[]> pictures) {
        return PixelPredictor.slots(
                pictures.stream().mapToLong(picture -> picture.length).sum());
    }

    /** See {@link LearningCosts#of}. */
    static LearningCosts costs(List<int[]> pictures, int[] numbers, List<int[]> measured) {
        PicturePredictor.Lane lane = new PicturePredictor(slots(pictures)).new Lane();
        return LearningCosts.of(
                (picture, learning) -> {
                    Measure measure = new Measure();
                    lane.write(measure, picture, learning);
                    return measure.bits();
                },
                pictures,
                numbers,
                measured);
    }

    /**
     * Reads what {@link #encode} wrote.
     *
     * @throws DamagedException if it is damaged, as far as that shows
     */
    static LearntImages<PicturePredictor> decode(byte[] primer, int pictures) throws DamagedException {
        ByteCursor cursor = new ByteCursor(DamagedException.STREAM, "primer", 0, primer, primer.length);
        int slots = cursor.varint(
                "logarithm of the size of the table", PixelPredictor.FEWEST_SLOTS, PixelPredictor.MOST_SLOTS);
        AnsStack stack = AnsStack.fromBytes(primer, (int) cursor.position(), cursor.left());
        PicturePredictor predictor = new PicturePredictor(slots);
        PicturePredictor.Lane lane = predictor.new Lane();
        LearntImages<PicturePredictor> learnt = new LearntImages<>(predictor);
        StackReader reader = new StackReader(stack);
        PicturePredictor.Guard guard = () -> {
            if (stack.words() == 0 && stack.head() < START) {
                throw DamagedException.inStream(0, "the primer ends before its pictures do");
            }
        };
        int left = PictureCountsModel.MOST_VALUES;
        for (int k = 0; k < pictures; k++) {
            int[] picture = lane.code(reader, null, left, true, guard);
            left -= picture.length;
            learnt.add(picture);
        }
        if (stack.words() > 0 || stack.head() != START) {
            throw DamagedException.inStream(0, "the primer does not end where its pictures do");
        }
        return learnt;
    }
}

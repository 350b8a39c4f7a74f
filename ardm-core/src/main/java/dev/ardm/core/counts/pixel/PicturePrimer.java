package dev.ardm.core.counts.pixel;

import dev.ardm.coding.AnsStack;
import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.format.RecordGroup;
import dev.ardm.coding.internal.bytes.ByteCursor;
import dev.ardm.coding.internal.bytes.ByteSink;
import dev.ardm.core.counts.internal.Measure;
import dev.ardm.core.counts.internal.MeasuringCoder;
import dev.ardm.core.counts.internal.StackReader;
import dev.ardm.core.counts.internal.StackWriter;
import dev.ardm.core.counts.internal.SymbolCoder;
import java.util.List;

/**
 * The pictures that a model of counts learnt, coded by the model itself while it learns them, as {@link PixelPrimer} is.
 *
 * <p>Bytes: binary logarithm of the size of the table, as a varint; then a stack of the pictures.
 */
final class PicturePrimer {
    private PicturePrimer() {}

    /** Pictures as bytes, the information of each when it was learnt, and what was learnt from them. */
    @SuppressWarnings("ArrayRecordComponent") // A carrier, never compared.
    record Encoded(byte[] bytes, double[] bits, LearntImages<PicturePredictor> learnt) {}

    /** Learns pictures in their order, and writes them. */
    static Encoded encode(List<int[]> pictures) {
        long values = 0;
        for (int[] picture : pictures) {
            values += picture.length;
        }
        int slots = PixelPredictor.slots(values);
        PicturePredictor predictor = new PicturePredictor(slots);
        PicturePredictor.Lane lane = predictor.new Lane();
        StackWriter writer = new StackWriter();
        Measure measure = new Measure();
        SymbolCoder both = new MeasuringCoder(writer, measure);
        LearntImages<PicturePredictor> learnt = new LearntImages<>(predictor);
        double[] bits = new double[pictures.size()];
        for (int[] picture : pictures) {
            double before = measure.bits();
            lane.write(both, picture, true);
            bits[learnt.count()] = measure.bits() - before;
            learnt.add(picture);
        }
        AnsStack stack = AnsStack.of(1);
        writer.push(stack);
        ByteSink bytes = new ByteSink();
        bytes.varint(slots);
        bytes.bytes(stack.toBytes());
        return new Encoded(bytes.toByteArray(), bits, learnt);
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
            if (stack.words() == 0 && stack.head() == 1) {
                throw DamagedException.inStream(0, "the primer ends before its pictures do");
            }
        };
        for (int k = 0; k < pictures; k++) {
            learnt.add(lane.code(reader, null, RecordGroup.MOST_CODED_VALUES, true, guard));
        }
        if (stack.words() > 0 || stack.head() != 1) {
            throw DamagedException.inStream(0, "the primer does not end where its pictures do");
        }
        return learnt;
    }
}

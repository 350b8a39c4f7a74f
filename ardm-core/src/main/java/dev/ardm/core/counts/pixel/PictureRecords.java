package dev.ardm.core.counts.pixel;

import dev.ardm.coding.AnsStack;
import dev.ardm.coding.CheckedStream;
import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.format.RecordGroup;
import dev.ardm.core.decision.StackWriter;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.RecordCoder;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** Codes pictures as records, each of which says its size first. */
record PictureRecords(PictureLikelihood model, LearntImages<PicturePredictor> learnt) implements RecordCoder {
    @Override
    public int learntCount() {
        return learnt.count();
    }

    @Override
    public int[] learnt(int number) {
        return learnt.image(number);
    }

    @Override
    public List<Symbols> encode(List<int[]> records, IntConsumer progress) {
        return model.each(records.size(), progress, (lane, k) -> {
            StackWriter writer = model.written(lane, records.get(k));
            writer.trim();
            return writer::copy;
        });
    }

    @Override
    public List<Optional<int[][]>> decode(List<RecordGroup> groups, IntConsumer progress) {
        AtomicInteger done = new AtomicInteger();
        return model.each(groups.size(), LikelihoodModel.NO_PROGRESS, (lane, k) -> {
            RecordGroup group = groups.get(k);
            Optional<int[][]> records = decoded(lane, group);
            progress.accept(done.addAndGet(group.size()));
            return records;
        });
    }

    private static Optional<int[][]> decoded(PicturePredictor.Lane lane, RecordGroup group) {
        byte[] stream = Objects.requireNonNull(group.stream());
        try {
            AnsStack stack = CheckedStream.open(stream, 0, stream.length);
            int[][] records = new int[group.size()][];
            for (int i = 0; i < records.length; i++) {
                records[i] = PictureLikelihood.read(lane, stack, group.most());
            }
            CheckedStream.close(stack, CheckedStream.checkOf(group.sides(), records));
            return Optional.of(records);
        } catch (DamagedException e) {
            return Optional.empty(); // The caller names the item and the place.
        }
    }
}

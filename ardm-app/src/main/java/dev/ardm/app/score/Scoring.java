package dev.ardm.app.score;

import dev.ardm.app.FirstNames;
import dev.ardm.app.Listener;
import dev.ardm.core.Item;
import dev.ardm.core.model.ItemScorer;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.Plan;
import dev.ardm.data.ItemCursor;
import dev.ardm.data.file.SkippedFiles;
import dev.ardm.data.items.ItemInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Measures the information content of items, some at a time. */
public final class Scoring {
    /** Windows in memory at a time. */
    private static final int CHUNK = 256;

    private final ItemScorer scorer;

    /**
     * What scores items.
     *
     * @throws IllegalArgumentException if the model cannot score items of this layout
     */
    public Scoring(LikelihoodModel model, Plan plan, ItemInput input) {
        this.scorer = model.scorer(plan, input.layout());
    }

    /** Receives scored items. */
    public interface Sink {
        /** @param bits of each unit, see {@link ItemScorer#unitBits} */
        void accept(Item item, double[] bits) throws IOException;
    }

    /** Scores all items. @return the files that were skipped */
    public SkippedFiles run(ItemInput input, Sink sink, Listener listener) throws IOException {
        try (ItemCursor cursor = input.cursor()) {
            Item next = cursor.next();
            while (next != null) {
                List<Item> chunk = new ArrayList<>();
                long work = 0;
                while (next != null && (chunk.isEmpty() || work + windows(next) <= CHUNK)) {
                    chunk.add(next);
                    work += windows(next);
                    next = cursor.next();
                }
                List<double[]> bits;
                try (Listener.Task task = listener.begin("score", work)) {
                    bits = scorer.unitBits(chunk, task);
                }
                for (int i = 0; i < chunk.size(); i++) {
                    sink.accept(chunk.get(i), bits.get(i));
                }
            }
            FirstNames.tellRemarks(cursor.remarks(), listener);
            return cursor.skipped();
        }
    }

    private long windows(Item item) {
        return Math.max(1, scorer.windows(item.values().length, item.shape()));
    }
}

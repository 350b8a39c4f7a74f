package dev.ardm.core.masking;

import dev.ardm.core.Item;
import dev.ardm.core.PartialItem;
import dev.ardm.core.RandomStream;
import dev.ardm.core.RandomStream.Purpose;
import dev.ardm.core.Space;
import dev.ardm.core.masking.call.Call;
import dev.ardm.core.masking.process.KnownUnits;
import dev.ardm.core.model.GenerationListener;
import dev.ardm.core.model.ItemGenerator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Continues items until their end is drawn, or until they have as many values as they may: decodes random bits. */
final class EndedGenerator implements ItemGenerator {
    private final Evaluator evaluator;
    private final Space space;
    private final EndedRecords records;

    /** @param evaluator of items with their end */
    EndedGenerator(Evaluator evaluator) {
        this.evaluator = evaluator;
        this.space = evaluator.model().space();
        this.records = new EndedRecords(evaluator);
    }

    @Override
    public List<Item> generate(List<PartialItem> items, long first, long seed, GenerationListener listener) {
        List<int[]> beginnings = items.stream().map(this::beginning).toList();
        AtomicInteger done = new AtomicInteger();
        return evaluator.inGroups(items.size(), (generation, from, to) -> {
            List<Drawing> all = new ArrayList<>();
            for (int n = from; n < to; n++) {
                all.add(new Drawing(
                        n,
                        items.get(n).item(),
                        records.walk(generation, beginnings.get(n)),
                        RandomStream.of(seed, Purpose.SAMPLE, first + n)));
            }
            List<Drawing> active = new ArrayList<>(all);
            while (true) {
                active.removeIf(drawing -> {
                    boolean complete = !drawing.more();
                    if (complete) {
                        listener.done(done.incrementAndGet());
                    }
                    return complete;
                });
                if (active.isEmpty()) {
                    return all.stream().map(Drawing::result).toList();
                }
                List<Call> calls = Walk.calls(
                        active.stream().map(drawing -> drawing.walk.walk()).toList());
                for (int n = 0; n < calls.size(); n++) {
                    active.get(n).draw(calls.get(n), listener);
                }
            }
        });
    }

    /** The known values, which must be a beginning. */
    private int[] beginning(PartialItem partial) {
        int[] values = partial.item().values();
        if (partial.item().shape().length > 0) {
            throw new IllegalArgumentException("only images of any size have a shape of their own");
        }
        if (values.length == 0) {
            return values;
        }
        // Refuses what is no beginning.
        boolean[] known = KnownUnits.of(evaluator.process().ofLength(values.length), partial.known());
        int count = 0;
        while (count < known.length && known[count]) {
            count++;
        }
        int[] beginning = Arrays.copyOf(values, count);
        space.checkValues(beginning);
        return beginning;
    }

    private final class Drawing {
        private final int number;
        private final Item item;
        private final EndedWalk walk;
        private final RandomStream random;
        private boolean ended;

        /** @param item has as many values as there may be */
        Drawing(int number, Item item, EndedWalk walk, RandomStream random) {
            this.number = number;
            this.item = item;
            this.walk = walk;
            this.random = random;
        }

        boolean more() {
            return !ended && walk.count() < item.values().length;
        }

        void draw(Call call, GenerationListener listener) {
            int position = walk.count();
            int value = walk.decide(
                    call,
                    (distribution, symbol) ->
                            distribution.symbolAt(random.nextInt() >>> 32 - distribution.precision()));
            ended = value == space.maxCategories();
            if (!ended) {
                listener.decided(number, new int[] {position}, new int[] {value});
            }
        }

        Item result() {
            return new Item(item.name(), item.modified(), item.shape(), walk.values(), item.side());
        }
    }
}

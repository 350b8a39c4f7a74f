package dev.ardm.core.archive;

import dev.ardm.coding.format.ArchivedItem;
import dev.ardm.coding.format.ItemLayout;
import dev.ardm.core.Item;
import dev.ardm.core.model.ItemCoder;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.Plan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;

/** Codes items in parallel and decodes every stream before it counts. */
public final class ItemEncoder {
    private static final byte[] NO_STREAM = {};

    private final ItemCoder coder;

    /**
     * An encoder.
     *
     * @throws IllegalArgumentException if the layout or the plan does not fit the model, or the model is conditional
     */
    public ItemEncoder(LikelihoodModel model, Plan plan, ItemLayout layout) {
        this.coder = model.coder(plan, layout);
        if (coder.granularity() != ItemCoder.Granularity.ITEM) {
            throw new IllegalArgumentException(
                    "this model codes items in chained blocks; an archive keeps items that decode alone");
        }
    }

    /** The work to code an item, in units of progress: 1, or its number of windows. */
    public int work(Item item) {
        return PartDecoder.work(coder, item.values().length, item.shape());
    }

    /** The end of the items that are coded together with one. */
    int chunkEnd(List<Item> items, int from) {
        Chunk chunk = new Chunk();
        int end = from;
        while (end < items.size() && !chunk.full()) {
            chunk.add(items.get(end++));
        }
        return end;
    }

    /** The size of a chunk: {@link PartDecoders#CHUNK} of work, or {@link PartDecoders#CHUNK_BYTES} in memory. */
    public final class Chunk {
        private int work;
        private long bytes;

        /** Counts an item in. */
        public void add(Item item) {
            work += ItemEncoder.this.work(item);
            bytes += item.bytes();
        }

        /** The work so far. */
        public int work() {
            return work;
        }

        /** Whether the chunk is full. */
        public boolean full() {
            return work >= PartDecoders.CHUNK || bytes >= PartDecoders.CHUNK_BYTES;
        }
    }

    /**
     * Codes and decodes items.
     *
     * @param items as many as may be in memory at a time
     * @param progress receives how much of the work is done; called from any thread
     * @throws IllegalArgumentException if one is outside the space
     */
    public List<CodedItem> encode(List<Item> items, IntConsumer progress) {
        List<Item> coded = items.stream().filter(item -> !item.isWhole()).toList();
        Iterator<CodedItem> done = encodeValues(coded, progress).iterator();
        return items.stream()
                .map(item -> item.isWhole() ? new CodedItem(item, NO_STREAM, true) : done.next())
                .toList();
    }

    private List<CodedItem> encodeValues(List<Item> items, IntConsumer progress) {
        int work = items.stream().mapToInt(this::work).sum();
        // Coding and decoding take the same time; each counts for half of the progress.
        List<byte[]> streams = coder.encode(items, done -> progress.accept(done / 2));
        List<ArchivedItem> archived = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            Item item = items.get(i);
            archived.add(ArchivedItem.coded(item.side(), item.shape(), item.values().length, streams.get(i)));
        }
        List<Optional<int[]>> back = coder.decode(archived, done -> progress.accept((work + done) / 2));
        List<CodedItem> coded = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            int[] values = items.get(i).values();
            boolean exact =
                    back.get(i).filter(got -> Arrays.equals(got, values)).isPresent();
            coded.add(new CodedItem(items.get(i), streams.get(i), exact));
        }
        return coded;
    }
}

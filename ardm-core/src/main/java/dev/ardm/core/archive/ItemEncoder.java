package dev.ardm.core.archive;

import dev.ardm.coding.ArchivedDocument;
import dev.ardm.coding.DocumentLayout;
import dev.ardm.core.model.CodedImage;
import dev.ardm.core.model.DocumentCoder;
import dev.ardm.core.model.ImageCoder;
import dev.ardm.core.model.LayeredImage;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.plan.Plan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;

/** Codes items side by side, and decodes what it coded: no stream is trusted that was not decoded. */
public abstract class ItemEncoder {
    private ItemEncoder() {}

    /** An encoder of items that are nothing but their values. */
    public static ItemEncoder of(LikelihoodModel model, Plan plan) {
        return new OfValues(model, plan);
    }

    /** An encoder of documents. */
    public static ItemEncoder of(DocumentCoder coder) {
        return new OfDocuments(coder);
    }

    /** An encoder of images of any size. */
    public static ItemEncoder of(ImageCoder coder) {
        return new OfImages(coder);
    }

    /** The encoder of what an archive of documents says of them; errors as those of the coders. */
    public static ItemEncoder of(LikelihoodModel model, Plan plan, DocumentLayout layout) {
        return layout.images()
                ? of(model.imageCoder(plan, layout.context(), layout.restingValue()))
                : of(model.documentCoder(plan, layout.context(), layout.restingValue()));
    }

    /**
     * Refuses what cannot be coded, before there is a file.
     *
     * @throws IllegalArgumentException if the plan does not fit the model, or the model is conditional
     */
    static void check(LikelihoodModel model, Plan plan) {
        plan.order(model.process());
        if (model.process().given().count() > 0) {
            throw new IllegalArgumentException(
                    "this model is conditional: an archive does not keep what is given, so items could not be restored");
        }
    }

    /** What coding an item takes, in the units that progress is heard in: 1, or the windows of a document. */
    public abstract int work(ArchiveItem item);

    /** Where items end that are coded together with one. */
    final int chunkEnd(List<ArchiveItem> items, int from) {
        Chunk chunk = new Chunk();
        int end = from;
        while (end < items.size() && !chunk.full()) {
            chunk.add(items.get(end++));
        }
        return end;
    }

    /** How much a chunk holds: {@link ArchiveItems#CHUNK} of work, or {@link ArchiveItems#CHUNK_BYTES} in memory. */
    public final class Chunk {
        private int work;
        private long bytes;

        /** Counts an item in. */
        public void add(ArchiveItem item) {
            work += ItemEncoder.this.work(item);
            bytes += item.bytes();
        }

        /** The work so far. */
        public int work() {
            return work;
        }

        /** Whether no more belongs to it. */
        public boolean full() {
            return work >= ArchiveItems.CHUNK || bytes >= ArchiveItems.CHUNK_BYTES;
        }
    }

    /**
     * Codes and decodes items.
     *
     * @param items so many as may be in memory at a time
     * @param progress hears how much of the work is done; called from any thread
     * @throws IllegalArgumentException if one is not of the space
     */
    public final List<CodedItem> encode(List<ArchiveItem> items, IntConsumer progress) {
        int work = items.stream().mapToInt(this::work).sum();
        // Coding and decoding take the same time; each counts for half of the progress.
        List<byte[]> streams = streams(items, done -> progress.accept(done / 2));
        List<Optional<int[]>> back = back(items, streams, done -> progress.accept((work + done) / 2));
        List<CodedItem> coded = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            int[] values = items.get(i).values();
            boolean exact =
                    back.get(i).filter(got -> Arrays.equals(got, values)).isPresent();
            coded.add(new CodedItem(items.get(i), streams.get(i), exact));
        }
        return coded;
    }

    abstract List<byte[]> streams(List<ArchiveItem> items, IntConsumer progress);

    abstract List<Optional<int[]>> back(List<ArchiveItem> items, List<byte[]> streams, IntConsumer progress);

    private static final class OfValues extends ItemEncoder {
        private final LikelihoodModel model;
        private final Plan plan;

        OfValues(LikelihoodModel model, Plan plan) {
            this.model = model;
            this.plan = plan;
        }

        @Override
        public int work(ArchiveItem item) {
            return 1;
        }

        @Override
        List<byte[]> streams(List<ArchiveItem> items, IntConsumer progress) {
            return model.encode(items.stream().map(ArchiveItem::values).toList(), plan, progress);
        }

        @Override
        List<Optional<int[]>> back(List<ArchiveItem> items, List<byte[]> streams, IntConsumer progress) {
            return model.decode(streams, plan, progress);
        }
    }

    private static final class OfDocuments extends ItemEncoder {
        private final DocumentCoder coder;

        OfDocuments(DocumentCoder coder) {
            this.coder = coder;
        }

        @Override
        public int work(ArchiveItem item) {
            return Math.max(1, coder.windows(item.values().length));
        }

        @Override
        List<byte[]> streams(List<ArchiveItem> items, IntConsumer progress) {
            return coder.encode(
                    items.stream().map(ArchiveItem::values).toList(),
                    items.stream().map(ArchiveItem::extra).toList(),
                    progress);
        }

        @Override
        List<Optional<int[]>> back(List<ArchiveItem> items, List<byte[]> streams, IntConsumer progress) {
            List<ArchivedDocument> coded = new ArrayList<>();
            for (int i = 0; i < items.size(); i++) {
                ArchiveItem item = items.get(i);
                coded.add(new ArchivedDocument(item.extra(), item.values().length, streams.get(i), null));
            }
            return coder.decode(coded, progress);
        }
    }

    private static final class OfImages extends ItemEncoder {
        private final ImageCoder coder;

        OfImages(ImageCoder coder) {
            this.coder = coder;
        }

        @Override
        public int work(ArchiveItem item) {
            return PartDecoder.windows(coder, item.shape());
        }

        @Override
        List<byte[]> streams(List<ArchiveItem> items, IntConsumer progress) {
            return coder.encode(
                    items.stream().map(ArchiveItem::image).toList(),
                    items.stream().map(ArchiveItem::extra).toList(),
                    progress);
        }

        @Override
        List<Optional<int[]>> back(List<ArchiveItem> items, List<byte[]> streams, IntConsumer progress) {
            List<CodedImage> coded = new ArrayList<>();
            for (int i = 0; i < items.size(); i++) {
                LayeredImage image = items.get(i).image();
                coded.add(new CodedImage(
                        items.get(i).extra(), image.height(), image.width(), image.layers(), streams.get(i)));
            }
            return coder.decode(coded, progress).stream()
                    .map(image -> image.map(LayeredImage::values))
                    .toList();
        }
    }
}

package dev.ardm.core.archive;

import dev.ardm.coding.AnsStack;
import dev.ardm.coding.ArchiveHeader;
import dev.ardm.coding.ArchiveReader;
import dev.ardm.coding.ArchivedDocument;
import dev.ardm.coding.CheckedStream;
import dev.ardm.coding.Codec;
import dev.ardm.coding.DamagedException;
import dev.ardm.coding.DocumentLayout;
import dev.ardm.core.model.CodedImage;
import dev.ardm.core.model.DocumentCoder;
import dev.ardm.core.model.ImageCoder;
import dev.ardm.core.model.LayeredImage;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.plan.Plan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Decodes the items under one header: values alone, or documents. Safe for use by several threads. */
abstract class PartDecoder {
    final ArchiveReader reader;

    private PartDecoder(ArchiveReader reader) {
        this.reader = reader;
    }

    static PartDecoder of(Path file, ArchiveReader reader, ArchiveHeader header, LikelihoodModel model, Plan plan)
            throws DamagedException {
        DocumentLayout layout = header.documents();
        LikelihoodModel alone = model.onOneThread();
        if (layout != null && layout.images()) {
            return new Images(reader, imageCoder(file, model, plan, layout), imageCoder(file, alone, plan, layout));
        }
        return layout == null
                ? new Values(reader, model, plan)
                : new Documents(
                        reader,
                        model.documentCoder(plan, layout.context(), layout.restingValue()),
                        alone.documentCoder(plan, layout.context(), layout.restingValue()));
    }

    private static ImageCoder imageCoder(Path file, LikelihoodModel model, Plan plan, DocumentLayout layout)
            throws DamagedException {
        try {
            return model.imageCoder(plan, layout.context(), layout.restingValue());
        } catch (IllegalArgumentException e) {
            throw ArchivePlan.damaged(file, String.valueOf(e.getMessage())); // no writer makes an archive of that model
        }
    }

    /** The windows of all layers of an image, bounded. */
    static int windows(ImageCoder coder, int[] shape) {
        return (int) Math.min(coder.windows(shape[0], shape[1]) * shape[2], 1 << 30);
    }

    /** See {@link ArchiveItems#work(int)}. */
    abstract int work(int item) throws IOException;

    /** Reads and decodes items side by side, on the model's threads. */
    abstract List<DecodedItem> decode(int from, int to, IntConsumer progress) throws IOException;

    /** Reads and decodes one item on this thread alone. */
    abstract DecodedItem decode(int item) throws IOException;

    final DecodedItem undecodable(int item) throws IOException {
        return DecodedItem.damaged(reader.damage(
                item,
                new DamagedException(
                        DamagedException.STREAM, -1, 0, "it does not decode to an item that matches its check", "")));
    }

    /** Items that are nothing but their values. */
    private static final class Values extends PartDecoder {
        private final LikelihoodModel model;
        private final Plan plan;
        /** Each has arrays of its own, which are worth keeping; how many is bounded, since any number of threads may come. */
        private final ArrayBlockingQueue<Codec<int[]>> idle =
                new ArrayBlockingQueue<>(2 * Runtime.getRuntime().availableProcessors());

        Values(ArchiveReader reader, LikelihoodModel model, Plan plan) {
            super(reader);
            this.model = model;
            this.plan = plan;
        }

        @Override
        int work(int item) {
            return 1;
        }

        @Override
        List<DecodedItem> decode(int from, int to, IntConsumer progress) throws IOException {
            List<byte[]> streams = new ArrayList<>();
            List<@Nullable DecodedItem> items = new ArrayList<>();
            for (int k = from; k < to; k++) {
                DecodedItem item = null;
                try {
                    if (reader.entry(k).stored()) {
                        item = DecodedItem.of(reader.stored(k));
                    } else {
                        streams.add(reader.stream(k));
                    }
                } catch (DamagedException e) {
                    item = DecodedItem.damaged(e);
                }
                items.add(item);
            }
            var decoded = model.decode(streams, plan, progress).iterator();
            List<DecodedItem> all = new ArrayList<>();
            for (int k = from; k < to; k++) {
                DecodedItem item = items.get(k - from);
                if (item == null) {
                    Optional<int[]> values = decoded.next();
                    item = values.isPresent() ? DecodedItem.of(values.get()) : undecodable(k);
                }
                all.add(item);
            }
            return all;
        }

        @Override
        DecodedItem decode(int item) throws IOException {
            byte[] stream;
            try {
                if (reader.entry(item).stored()) {
                    return DecodedItem.of(reader.stored(item));
                }
                stream = reader.stream(item);
            } catch (DamagedException e) {
                return DecodedItem.damaged(e);
            }
            Codec<int[]> codec = idle.poll();
            if (codec == null) {
                codec = model.codec(plan);
            }
            int[] values;
            try {
                AnsStack stack = CheckedStream.open(stream, 0, stream.length);
                values = codec.pop(stack);
                CheckedStream.close(stack, CheckedStream.checkOf(values));
            } catch (DamagedException e) {
                return undecodable(item);
            } finally {
                idle.offer(codec);
            }
            return DecodedItem.of(values);
        }
    }

    /** Whatever has bytes beside its values. */
    private abstract static class OfDocuments<C> extends PartDecoder {
        /** On the model's threads. */
        final C coder;
        /** On the caller's. */
        private final C alone;

        OfDocuments(ArchiveReader reader, C coder, C alone) {
            super(reader);
            this.coder = coder;
            this.alone = alone;
        }

        /** Decodes documents that are coded; a damaged one gives an empty result. */
        abstract List<Optional<int[]>> values(C by, List<ArchivedDocument> coded, IntConsumer progress);

        @Override
        DecodedItem decode(int item) throws IOException {
            return decode(alone, item, item + 1, LikelihoodModel.NO_PROGRESS).get(0);
        }

        @Override
        List<DecodedItem> decode(int from, int to, IntConsumer progress) throws IOException {
            return decode(coder, from, to, progress);
        }

        private List<DecodedItem> decode(C by, int from, int to, IntConsumer progress) throws IOException {
            List<@Nullable ArchivedDocument> documents = new ArrayList<>();
            List<@Nullable DecodedItem> items = new ArrayList<>();
            List<ArchivedDocument> coded = new ArrayList<>();
            for (int k = from; k < to; k++) {
                ArchivedDocument document = null;
                DecodedItem item = null;
                try {
                    document = reader.document(k);
                    if (document.values() != null) {
                        item = DecodedItem.of(document.shape(), document.values(), document.extra());
                    } else {
                        coded.add(document);
                    }
                } catch (DamagedException e) {
                    item = DecodedItem.damaged(e);
                }
                documents.add(document);
                items.add(item);
            }
            var decoded = values(by, coded, progress).iterator();
            List<DecodedItem> all = new ArrayList<>();
            for (int i = 0; i < documents.size(); i++) {
                DecodedItem item = items.get(i);
                ArchivedDocument document = documents.get(i);
                if (item == null && document != null) {
                    Optional<int[]> values = decoded.next();
                    item = values.isPresent()
                            ? DecodedItem.of(document.shape(), values.get(), document.extra())
                            : undecodable(from + i);
                }
                all.add(Objects.requireNonNull(item));
            }
            return all;
        }
    }

    /** Rows and sequences. */
    private static final class Documents extends OfDocuments<DocumentCoder> {
        Documents(ArchiveReader reader, DocumentCoder coder, DocumentCoder alone) {
            super(reader, coder, alone);
        }

        @Override
        int work(int item) throws IOException {
            try {
                return Math.max(1, coder.windows(reader.documentLength(item)));
            } catch (DamagedException e) {
                return 1; // said when it is read
            }
        }

        @Override
        List<Optional<int[]>> values(DocumentCoder by, List<ArchivedDocument> coded, IntConsumer progress) {
            return by.decode(coded, progress);
        }
    }

    /** Images of any size. */
    private static final class Images extends OfDocuments<ImageCoder> {
        Images(ArchiveReader reader, ImageCoder coder, ImageCoder alone) {
            super(reader, coder, alone);
        }

        @Override
        int work(int item) throws IOException {
            try {
                return windows(coder, reader.documentShape(item));
            } catch (DamagedException e) {
                return 1; // said when it is read
            }
        }

        @Override
        List<Optional<int[]>> values(ImageCoder by, List<ArchivedDocument> coded, IntConsumer progress) {
            List<CodedImage> images = new ArrayList<>();
            for (ArchivedDocument document : coded) {
                int[] shape = document.shape();
                images.add(new CodedImage(
                        document.extra(), shape[0], shape[1], shape[2], Objects.requireNonNull(document.stream())));
            }
            return by.decode(images, progress).stream()
                    .map(image -> image.map(LayeredImage::values))
                    .toList();
        }
    }
}

package dev.ardm.cli;

import dev.ardm.coding.ArchiveReader;
import dev.ardm.coding.ArchivedDocument;
import dev.ardm.coding.DamagedException;
import dev.ardm.coding.DocumentLayout;
import dev.ardm.core.model.DocumentCoder;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.plan.Plan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** The items of an archive, decoded some at a time: values alone, or documents. */
abstract class ArchiveItems {
    static final byte[] NOTHING = new byte[0];

    final ArchiveReader reader;

    private ArchiveItems(ArchiveReader reader) {
        this.reader = reader;
    }

    /** The items of an archive that were coded with a plan. */
    static ArchiveItems of(ArchiveReader reader, LikelihoodModel model, Plan plan) {
        DocumentLayout layout = reader.header().documents();
        return layout == null
                ? new Values(reader, model, plan)
                : new Documents(reader, model.documentCoder(plan, layout.context(), layout.restingValue()));
    }

    /**
     * An item that was read.
     *
     * @param values null if it is damaged
     * @param extra what it has beside its values
     * @param damage null if it is not
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on
    record Item(
            int @Nullable [] values, byte[] extra, @Nullable DamagedException damage) {}

    /** What decoding an item takes, in the units that progress is heard in. */
    abstract int work(int item) throws IOException;

    /** Reads and decodes items. */
    abstract List<Item> decode(int from, int to, IntConsumer progress) throws IOException;

    final Item decoded(int item, Optional<int[]> values, byte[] extra) throws IOException {
        if (values.isPresent()) {
            return new Item(values.get(), extra, null);
        }
        DamagedException found = new DamagedException(
                DamagedException.STREAM, -1, 0, "it does not decode to an item that matches its check", "");
        return new Item(null, extra, reader.damage(item, found));
    }

    /** Items that are nothing but their values. */
    private static final class Values extends ArchiveItems {
        private final LikelihoodModel model;
        private final Plan plan;

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
        List<Item> decode(int from, int to, IntConsumer progress) throws IOException {
            List<byte[]> streams = new ArrayList<>();
            List<@Nullable DamagedException> damage = new ArrayList<>();
            for (int k = from; k < to; k++) {
                DamagedException found = null;
                try {
                    if (!reader.entry(k).stored()) {
                        streams.add(reader.stream(k));
                    }
                } catch (DamagedException e) {
                    found = e;
                }
                damage.add(found);
            }
            var decoded = model.decode(streams, plan, progress).iterator();
            List<Item> items = new ArrayList<>();
            for (int k = from; k < to; k++) {
                DamagedException found = damage.get(k - from);
                if (found != null) {
                    items.add(new Item(null, NOTHING, found));
                } else {
                    items.add(reader.entry(k).stored() ? stored(k) : decoded(k, decoded.next(), NOTHING));
                }
            }
            return items;
        }

        private Item stored(int item) throws IOException {
            try {
                return new Item(reader.stored(item), NOTHING, null);
            } catch (DamagedException e) {
                return new Item(null, NOTHING, e);
            }
        }
    }

    /** Documents. */
    private static final class Documents extends ArchiveItems {
        private final DocumentCoder coder;

        Documents(ArchiveReader reader, DocumentCoder coder) {
            super(reader);
            this.coder = coder;
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
        List<Item> decode(int from, int to, IntConsumer progress) throws IOException {
            List<@Nullable ArchivedDocument> documents = new ArrayList<>();
            List<@Nullable DamagedException> damage = new ArrayList<>();
            List<ArchivedDocument> coded = new ArrayList<>();
            for (int k = from; k < to; k++) {
                ArchivedDocument document = null;
                DamagedException found = null;
                try {
                    document = reader.document(k);
                    if (document.stream() != null) {
                        coded.add(document);
                    }
                } catch (DamagedException e) {
                    found = e;
                }
                documents.add(document);
                damage.add(found);
            }
            var decoded = coder.decode(coded, progress).iterator();
            List<Item> items = new ArrayList<>();
            for (int i = 0; i < documents.size(); i++) {
                ArchivedDocument document = documents.get(i);
                if (document == null) {
                    items.add(new Item(null, NOTHING, damage.get(i)));
                } else if (document.values() != null) {
                    items.add(new Item(document.values(), document.extra(), null));
                } else {
                    items.add(decoded(from + i, decoded.next(), document.extra()));
                }
            }
            return items;
        }
    }
}

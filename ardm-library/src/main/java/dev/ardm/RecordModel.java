package dev.ardm;

import dev.ardm.coding.format.ItemLayout;
import dev.ardm.coding.internal.file.AtomicFile;
import dev.ardm.core.Item;
import dev.ardm.core.archive.ItemArchiveWriter;
import dev.ardm.core.archive.SingleItemCodec;
import dev.ardm.core.family.Models;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.Model;
import dev.ardm.core.model.ModelFile;
import dev.ardm.core.model.Plan;
import dev.ardm.core.model.Verb;
import dev.ardm.data.record.RecordForm;
import dev.ardm.data.registry.DataFormats;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;

/**
 * A model of records. Safe for use by several threads.
 *
 * @param <T> a record
 */
public final class RecordModel<T> {
    /** Network calls for a record, of models that take several. */
    private static final int CALLS = 64;

    private final RecordType<T> type;
    private final LikelihoodModel model;
    private final RecordForm<T> form;
    private final ItemLayout layout;
    private final Plan plan;

    private RecordModel(RecordType<T> type, LikelihoodModel model) throws IOException {
        this.type = type;
        this.model = model;
        this.form = type.kind().of(DataFormats.of(model.model().data(), model.space()));
        boolean files = form.format().filePerItem() && form.format().layout().sequences();
        this.layout = ItemArchiveWriter.layout(form.format().layout(), files && !pictures(), model);
        this.plan = model.plan(CALLS);
    }

    private boolean pictures() {
        return form.format().kind().equals("pictures");
    }

    /**
     * Opens a model file, such as {@link Training#to} and {@code ardm train} write it, on all processors.
     *
     * @throws dev.ardm.coding.error.ArchiveException if the file is none, damaged, or of a newer version
     * @throws IOException if it cannot be read, or the model is of other records than {@code type}
     */
    public static <T> RecordModel<T> open(Path file, RecordType<T> type) throws IOException {
        Objects.requireNonNull(type, "the type is null");
        return of(Models.read(file), type, processors());
    }

    /**
     * Opens a model from a stream, such as a resource of the class path; errors as those of {@link #open(Path, RecordType)}.
     *
     * @param in read to its end, not closed
     */
    public static <T> RecordModel<T> open(InputStream in, RecordType<T> type) throws IOException {
        Objects.requireNonNull(type, "the type is null");
        return of(Models.read(in), type, processors());
    }

    static int processors() {
        return Runtime.getRuntime().availableProcessors();
    }

    static <T> RecordModel<T> of(Model model, RecordType<T> type, int threads) throws IOException {
        return new RecordModel<>(type, model.open(threads));
    }

    /** This model on that many threads, at least 1, for calls that take several records; the weights are shared. */
    public RecordModel<T> on(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException(threads + " threads; at least 1");
        }
        try {
            return new RecordModel<>(type, model.on(threads));
        } catch (IOException e) {
            throw new IllegalStateException("a model that was opened does so again", e);
        }
    }

    /** What its records are. */
    public RecordType<T> type() {
        return type;
    }

    /** The id, in hexadecimal: the same for models that code alike. */
    public String id() {
        return model.model().idText();
    }

    /** Writes the model file, which replaces another one when it is complete. */
    public void save(Path file) throws IOException {
        AtomicFile.write(file, true, out -> ModelFile.writeCoded(model.model(), out));
    }

    /** A codec of single records in memory. */
    public RecordCodec<T> codec() {
        return new RecordCodec<>(form, new SingleItemCodec(model, plan, layout));
    }

    /**
     * The information content of a record: what storing it costs, without overhead. Large for records that are strange to the model.
     *
     * @return bits
     * @throws IllegalArgumentException if the record is not of the {@link #type}
     */
    public double bits(T record) {
        return bits(List.of(record)).get(0);
    }

    /** The same for several, side by side. */
    public List<Double> bits(List<? extends T> records) {
        List<Item> items = new ArrayList<>();
        records.forEach(record -> items.add(form.item(record)));
        LikelihoodModel part = model.part(Verb.COMPRESS, layout);
        List<Double> all = new ArrayList<>();
        for (double[] units :
                part.scorer(model.planOf(part, plan), layout).unitBits(items, LikelihoodModel.NO_PROGRESS)) {
            double bits = 0;
            for (double unit : units) {
                bits += unit;
            }
            all.add(bits);
        }
        return all;
    }

    /**
     * Records drawn from the model. Of rows, fields for which a text was drawn that the model does not know are null; in texts, what is not
     * UTF-8 is U+FFFD.
     *
     * @param count at least 1
     * @param seed the same records for the same seed, on every machine
     * @throws UnsupportedOperationException if the model draws none
     * @throws IOException if one is no record of the {@link #type}, such as bytes that are no text
     */
    public List<T> sample(int count, long seed) throws IOException {
        if (count < 1) {
            throw new IllegalArgumentException(count + " samples; at least 1");
        }
        if (!model.verbs().contains(Verb.SAMPLE)) {
            throw new UnsupportedOperationException(
                    "this model draws no samples: " + model.refusals().get(Verb.SAMPLE));
        }
        List<T> records = new ArrayList<>();
        for (int[] values : model.sample(count, plan, seed, LikelihoodModel.NO_PROGRESS)) {
            records.add(form.drawn(Item.of(values)));
        }
        return records;
    }

    /** Items of records. */
    Iterator<Item> items(Iterator<? extends T> records) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return records.hasNext();
            }

            @Override
            public Item next() {
                return form.item(records.next());
            }
        };
    }

    LikelihoodModel model() {
        return model;
    }

    RecordForm<T> form() {
        return form;
    }

    ItemLayout layout() {
        return layout;
    }

    Plan plan() {
        return plan;
    }
}

package dev.ardm;

import dev.ardm.core.counts.CountsForm;
import dev.ardm.core.counts.CountsOptions;
import dev.ardm.core.counts.pixel.PictureCountsModel;
import dev.ardm.core.family.CountsModels;
import dev.ardm.core.model.Model;
import dev.ardm.data.format.DataFormat;
import dev.ardm.data.record.RecordForm;
import dev.ardm.internal.RecordTrainer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a model is to be learnt from, and how. Without {@link #minutes}, {@link #steps} or {@link #network} it is a model of counts, which takes
 * seconds and needs nothing but this library; networks need the artifact {@code ardm-app}, which has native code.
 *
 * @param <T> a record
 */
public final class Training<T> {
    private static final String COUNTS = "counts";

    private final Iterable<? extends T> records;
    private final RecordType<T> type;
    private String network = "";
    private String preset = "";
    private double minutes;
    private long steps;
    private long seed;
    private int threads = RecordModel.processors();
    private long forRecords;
    private int modelBytes;
    private @Nullable Path folder;
    private Consumer<TrainingProgress> listener = progress -> {};

    Training(Iterable<? extends T> records, RecordType<T> type) {
        this.records = Objects.requireNonNull(records, "the records are null");
        this.type = Objects.requireNonNull(type, "the type is null");
    }

    /** Trains a network for that long; above 0. */
    public Training<T> minutes(double length) {
        require(length > 0, length + " minutes");
        minutes = length;
        steps = 0;
        return this;
    }

    /** Trains a network by so many steps, at least 1: with one number of threads the same model each time. */
    public Training<T> steps(long length) {
        require(length > 0, length + " steps");
        steps = length;
        minutes = 0;
        return this;
    }

    /** The kind of model, as {@code ardm train --network} names it, such as {@code counts} or {@code causal-transformer+counts}. */
    public Training<T> network(String name) {
        network = Objects.requireNonNull(name, "the network is null").toLowerCase(Locale.ROOT);
        return this;
    }

    /** The size of the network, as {@code ardm train --preset} names it, such as {@code tiny}. */
    public Training<T> preset(String name) {
        preset = Objects.requireNonNull(name, "the preset is null");
        return this;
    }

    /** The seed of all randomness; 0 if none is given. */
    public Training<T> seed(long number) {
        seed = number;
        return this;
    }

    /** The number of threads, at least 1; all processors if none is given. */
    public Training<T> threads(int number) {
        require(number > 0, number + " threads");
        threads = number;
        return this;
    }

    /** Makes the model and so many records, at least 1, smallest together. */
    public Training<T> forRecords(long number) {
        require(number > 0, number + " records");
        forRecords = number;
        return this;
    }

    /** The most bytes that counts take in the model, at least 16,384. */
    public Training<T> modelBytes(int most) {
        require(most >= CountsOptions.LEAST_BYTES, most + " bytes");
        modelBytes = most;
        return this;
    }

    /** A folder for checkpoints and learning curves, from which a run that was cut off goes on. Else there is none. */
    public Training<T> folder(Path run) {
        folder = Objects.requireNonNull(run, "the folder is null");
        return this;
    }

    /** Receives how far training is, on a thread of it. */
    public Training<T> progress(Consumer<TrainingProgress> to) {
        listener = Objects.requireNonNull(to, "the listener is null");
        return this;
    }

    private static void require(boolean good, String what) {
        if (!good) {
            throw new IllegalArgumentException("training cannot have " + what);
        }
    }

    /**
     * Trains, and writes the model file, which appears when it is complete.
     *
     * @throws IllegalArgumentException if the records are too few, one is not of the type, or what was asked for does not exist or fit
     * @throws IllegalStateException if a network is asked for and {@code ardm-app} is not there
     * @throws IOException if the file cannot be written, or training diverges
     */
    public RecordModel<T> to(Path file) throws IOException {
        RecordModel<T> model = run();
        model.save(file);
        return model;
    }

    /** Trains; errors as those of {@link #to}, without a file. */
    public RecordModel<T> run() throws IOException {
        return learn(new TrainingHandle.Wish());
    }

    /** Trains on a thread of its own. */
    public TrainingHandle<T> start() {
        return TrainingHandle.start(this::learn);
    }

    private RecordModel<T> learn(TrainingHandle.Wish wish) throws IOException {
        boolean counts = network.equals(COUNTS) || network.isEmpty() && preset.isEmpty() && minutes == 0 && steps == 0;
        RecordTrainer.Wishes wishes = new RecordTrainer.Wishes(
                network, preset, minutes, steps, seed, threads, forRecords, modelBytes, folder);
        RecordTrainer trainer = counts ? null : trainer();
        if (trainer != null) {
            trainer.check(wishes);
        }
        RecordForm<T> form = type.kind().fit(checked());
        Model model = trainer == null ? counted(form) : trained(trainer, form, wishes, wish);
        return RecordModel.of(model, type, threads);
    }

    private Iterable<T> checked() {
        return () -> {
            Iterator<? extends T> each = records.iterator();
            return new Iterator<>() {
                private long number;

                @Override
                public boolean hasNext() {
                    return each.hasNext();
                }

                @Override
                public T next() {
                    T record = each.next();
                    if (record == null) {
                        throw new IllegalArgumentException("record " + number + " is null");
                    }
                    number++;
                    return record;
                }
            };
        };
    }

    private Model counted(RecordForm<T> form) {
        listener.accept(new TrainingProgress("count", 0, ""));
        List<int[]> items = new ArrayList<>();
        for (T record : checked()) {
            items.add(form.item(record).values());
        }
        require(items.size() >= 2, items.size() + " records; counts need at least 2");
        DataFormat format = form.format();
        Model model = format.kind().equals("pictures")
                ? PictureCountsModel.learn(format.space(), format.definition(), items)
                : CountsModels.learn(
                        format.space(),
                        format.layout(),
                        format.definition(),
                        items,
                        new CountsOptions(Optional.<CountsForm>empty(), modelBytes));
        listener.accept(new TrainingProgress("count", 1, items.size() + " records"));
        return model;
    }

    private Model trained(
            RecordTrainer trainer, RecordForm<T> form, RecordTrainer.Wishes wishes, TrainingHandle.Wish wish)
            throws IOException {
        RecordTrainer.Watch watch = new RecordTrainer.Watch() {
            @Override
            public void progress(String phase, double fraction, String note) {
                listener.accept(new TrainingProgress(phase, fraction, note));
            }

            @Override
            public void told(String line) {
                listener.accept(new TrainingProgress("told", 1, line));
            }
        };
        Model model = trainer.train(
                ended -> form.items(checked(), ended), form.format(), wishes, watch, wish::finish, wish::cancel);
        if (model == null) {
            throw new CancellationException("the training was cancelled");
        }
        return model;
    }

    private static RecordTrainer trainer() {
        return ServiceLoader.load(RecordTrainer.class, Training.class.getClassLoader())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "to train a network, add the artifact dev.ardm:ardm-app; counts need none"));
    }
}

package dev.ardm.app.train;

import dev.ardm.app.Listener;
import dev.ardm.app.ScratchFolder;
import dev.ardm.app.UserError;
import dev.ardm.app.data.TrainingData;
import dev.ardm.core.family.Models;
import dev.ardm.core.model.Model;
import dev.ardm.data.format.DataFormat;
import dev.ardm.data.format.line.LineFormat;
import dev.ardm.data.format.table.TableFormat;
import dev.ardm.internal.RecordTrainer;
import dev.ardm.train.TrainingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Trains networks for programs that use the library: the runs of {@code ardm train}, on records in memory. */
public final class LibraryTrainer implements RecordTrainer {
    private static final String RECORDS = "the records";
    private static final double MINUTES = 10;

    /** Enough to end a run that was stopped, whose learning rate has fallen no further. */
    private static final double NO_MINUTES = 1e-9;

    @Override
    public void check(Wishes wishes) {
        if (!wishes.preset().isEmpty()) {
            Presets.known(wishes.preset());
        }
        if (!wishes.network().isEmpty()) {
            MethodOptions.suiting(null, wishes.network()).kind();
        }
    }

    @Override
    public @Nullable Model train(
            Items items,
            DataFormat format,
            Wishes wishes,
            Watch watch,
            BooleanSupplier finish,
            BooleanSupplier cancel)
            throws IOException {
        MethodOptions method =
                wishes.network().isEmpty() ? suiting(format) : MethodOptions.suiting(null, wishes.network());
        RunOptions options = options(wishes, method);
        TrainingData data = new TrainingData(
                items.of(method.continues() && format.kind().equals(LineFormat.KIND)), format);
        Path folder = wishes.folder();
        if (folder != null) {
            boolean resume = Files.exists(folder.resolve(RunConfig.NAME));
            return train(data, options, resume, folder, wishes, watch, finish, cancel);
        }
        try (ScratchFolder scratch = ScratchFolder.create()) {
            return train(data, options, false, scratch.file("run"), wishes, watch, finish, cancel);
        }
    }

    private static MethodOptions suiting(DataFormat format) {
        if (format instanceof LineFormat) {
            return MethodOptions.RECORDS;
        }
        return MethodOptions.suiting(
                null,
                format instanceof TableFormat
                        ? "causal-transformer" + MethodOptions.COUNTS
                        : format.space().rank() == 3 ? "causal" : null);
    }

    private static RunOptions options(Wishes wishes, MethodOptions method) {
        TrainingSettings settings =
                TrainingSettings.defaults().withSeed(wishes.seed()).withLength(wishes.steps(), minutes(wishes));
        String preset = !wishes.preset().isEmpty()
                ? Presets.known(wishes.preset())
                : wishes.forItems() > 0 ? SizeChoice.AUTO : UsualPreset.NAME;
        RunOptions options = new RunOptions(preset, TrainingData.Choice.GUESS, method, settings);
        options = wishes.forItems() > 0 ? options.forItems(wishes.forItems()) : options;
        return wishes.modelBytes() > 0 ? options.withCountsBytes(wishes.modelBytes()) : options;
    }

    private static double minutes(Wishes wishes) {
        return wishes.steps() > 0 ? 0 : wishes.minutes() > 0 ? wishes.minutes() : MINUTES;
    }

    private static @Nullable Model train(
            TrainingData data,
            RunOptions options,
            boolean resume,
            Path folder,
            Wishes wishes,
            Watch watch,
            BooleanSupplier finish,
            BooleanSupplier cancel)
            throws IOException {
        TrainingRun.Origin origin = new TrainingRun.Origin("from a program", "ardm library");
        Told listener = new Told(watch);
        try {
            boolean whole = new TrainingRun(
                            folder,
                            wishes.threads(),
                            origin,
                            listener,
                            () -> finish.getAsBoolean() || cancel.getAsBoolean())
                    .train(data, RECORDS, options, resume);
            if (!whole && cancel.getAsBoolean()) {
                return null;
            }
            if (!whole) { // What was learnt so far is rounded and written.
                RunConfig begun = RunConfig.read(folder);
                RunOptions ended = begun.options().ended(NO_MINUTES);
                new TrainingRun(folder, wishes.threads(), origin, listener, cancel::getAsBoolean)
                        .train(data, RECORDS, ended, true);
            }
        } catch (UserError e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        return cancel.getAsBoolean() ? null : Models.read(folder.resolve(TrainingRun.MODEL));
    }

    /** Tells a program what a command would print. */
    private record Told(Watch watch) implements Listener {
        @Override
        public Task begin(String task, long total) {
            return new Task() {
                private volatile double fraction;
                private volatile String note = "";

                @Override
                public void accept(int done) {
                    fraction = (double) done / Math.max(1, total);
                    watch.progress(task, fraction, note);
                }

                @Override
                public void note(String text) {
                    note = text;
                }

                @Override
                public void log(String line) {
                    watch.progress(task, fraction, line);
                }
            };
        }

        @Override
        public void result(String line) {
            watch.told(line);
        }

        @Override
        public void notice(String line) {
            watch.told(line);
        }
    }
}

package dev.ardm.cli.command;

import dev.ardm.app.UserError;
import dev.ardm.app.data.TrainingData;
import dev.ardm.app.train.CountsTraining;
import dev.ardm.app.train.RunConfig;
import dev.ardm.app.train.RunOptions;
import dev.ardm.app.train.SignalTraining;
import dev.ardm.app.train.TrainingRun;
import dev.ardm.cli.console.Interrupts;
import dev.ardm.cli.console.Versions;
import dev.ardm.cli.option.ItemsOption;
import dev.ardm.cli.option.NetworkOptions;
import dev.ardm.core.counts.CountsForm;
import dev.ardm.core.counts.CountsOptions;
import dev.ardm.data.format.line.LineFormat;
import dev.ardm.data.format.table.TableFormat;
import dev.ardm.data.registry.FileItems;
import dev.ardm.train.DivergedException;
import dev.ardm.train.TrainingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ardm train}. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        description = "Trains a model and writes it to RUN_DIR/model.safetensors.")
public final class TrainCommand extends BaseCommand {
    @Option(
            names = "--data",
            required = true,
            paramLabel = "PATH",
            description = "Training data: a folder of images, an IDX or NPY file (may be gzipped; an array of two "
                    + "axes is one sequence per row); text, WAV, CSV or other files, or a folder or zip of "
                    + "them.")
    @SuppressWarnings("NullAway.Init")
    private Path data;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "RUN_DIR",
            description = "Folder for checkpoints, metrics, samples and the model.")
    @SuppressWarnings("NullAway.Init")
    private Path out;

    @Mixin
    private NetworkOptions networks = new NetworkOptions();

    @Mixin
    private ItemsOption items = new ItemsOption();

    @Option(
            names = "--kind",
            paramLabel = "NAME",
            description =
                    "Kind of files: array (images and arrays), text, bytes, wav, csv. Default: guessed from the files, "
                            + "and what --items says of them.")
    private @Nullable String kind;

    @Option(
            names = "--format",
            paramLabel = "KEY=VALUE",
            description = "How to read the data: window (values seen at once), stride, names (regular expression of "
                    + "file names), max-alphabet, ...; of tables delimiter (one character, or tab) and header (true "
                    + "or false); widen=true converts images of several kinds to one. May be repeated.")
    private Map<String, String> formatSettings = new LinkedHashMap<>();

    @Option(
            names = "--counts-form",
            paramLabel = "FORM",
            description =
                    "How a model of counts is stored: primer (the items themselves, compressed; learnt again when "
                            + "the model is opened) or entries (contexts and what followed them; ready at once, for data of "
                            + "any size). Default: what makes model and data together smallest.")
    private @Nullable String countsForm;

    @Option(
            names = "--model-bytes",
            paramLabel = "N",
            description = "The most bytes that the counts take in the model file. Entries use them up; the default "
                    + "stores what pays for itself on as much data.")
    private @Nullable Integer modelBytes;

    @Option(
            names = "--resume",
            description = "Continue from the newest checkpoint in RUN_DIR with the run's settings and threads. "
                    + "--minutes or --steps, --threads and settings of --set may change.")
    private boolean resume;

    @Override
    int run() throws IOException {
        try {
            networks.check();
        } catch (IllegalArgumentException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
        TrainingData.Choice choice = choice();
        tellGuess();
        if (byCounting(choice)) {
            new CountsTraining(out, threads(), origin(), listener()).train(data, choice, countsOptions());
            return 0;
        }
        if (countsForm != null) {
            throw usage("--counts-form is for models of counts alone, which --network counts names");
        }
        if (SignalTraining.NAME.equals(networks.network())) {
            return bySignals(choice);
        }
        int countsBytes = countsOptions().bytes();
        RunOptions options;
        int recordedThreads = 0;
        try {
            if (resume) {
                RunConfig before = RunConfig.read(out);
                options = networks.resumed(before.options(), choice);
                recordedThreads = before.threads();
            } else {
                options = networks.started(data, choice);
            }
        } catch (IllegalArgumentException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
        if (modelBytes != null) {
            if (!options.method().counts()) {
                throw usage("--model-bytes is for counts: give --network counts, or a network with +counts");
            }
            options = options.withCountsBytes(countsBytes);
        }
        String goOn = "; go on with: " + advised(again());
        TrainingRun run = new TrainingRun(out, threads(recordedThreads), origin(), listener(), new Signals(goOn));
        try {
            if (!run.train(data, networks.labels(), options, resume)) {
                throw new UserError("interrupted" + goOn);
            }
        } catch (DivergedException e) {
            double lower = Math.min(
                    options.settings().learningRate() / 4,
                    TrainingSettings.defaults().learningRate());
            throw new UserError(e.getMessage() + "; go on with a lower learning rate: "
                    + advised(again("--set", "learning-rate=" + lower)));
        } finally {
            Interrupts.stopAtOnce();
            Interrupts.advise("");
        }
        return 0;
    }

    private int bySignals(TrainingData.Choice choice) throws IOException {
        if (resume) {
            throw usage("--network " + SignalTraining.NAME + " has no --resume: it takes minutes");
        }
        RunOptions options;
        try {
            options = networks.ofSignals(choice);
        } catch (IllegalArgumentException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
        try {
            if (!new SignalTraining(threads(), listener(), new Signals("")).train(data, out, options, origin())) {
                throw new UserError("interrupted");
            }
            return 0;
        } finally {
            Interrupts.stopAtOnce();
            Interrupts.advise("");
        }
    }

    /** The arguments that go on with the run. */
    private Object[] again(String... more) {
        List<Object> again = new ArrayList<>(List.of("train", "--data", data, "--out", out, "--resume"));
        if (networks.labels() != null) {
            Collections.addAll(again, "--labels", networks.labels());
        }
        Collections.addAll(again, (Object[]) more);
        return again.toArray();
    }

    private TrainingRun.Origin origin() {
        return new TrainingRun.Origin(commandText(), Versions.program());
    }

    private CountsOptions countsOptions() {
        try {
            return new CountsOptions(
                    Optional.ofNullable(countsForm).map(CountsForm::of), modelBytes == null ? 0 : modelBytes);
        } catch (IllegalArgumentException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
    }

    private TrainingData.Choice choice() throws IOException {
        String named = kind == null ? "" : kind;
        Optional<FileItems> given = items.given();
        if (given.isPresent()) {
            if (kind != null && !given.get().isOf(kind)) {
                throw usage("--items " + given.get() + " and --kind " + kind + " exclude each other");
            }
            named = kind == null ? given.get().kind(data) : kind;
        }
        return new TrainingData.Choice(named, items.with(formatSettings));
    }

    /** Says what an item is, where only the names of the files tell. */
    private void tellGuess() throws IOException {
        if (kind == null && items.given().isEmpty() && !resume && Files.exists(data)) {
            FileItems.guess(data).ifPresent(guess -> out().println(
                            data + ": items are " + guess + ", as the names of the files say; --items changes that"));
        }
    }

    /**
     * Whether a model of counts is asked for. Lines get one unless a network is named, tables also unless there is an option that
     * only networks have.
     */
    private boolean byCounting(TrainingData.Choice choice) throws IOException {
        List<String> only = new ArrayList<>(networks.given());
        if (resume) {
            only.add("--resume");
        }
        if (!CountsTraining.NAME.equals(networks.network())) {
            String kind = networks.network() == null && !resume ? TrainingData.kind(data, choice) : "";
            if (!kind.equals(LineFormat.KIND) && !(kind.equals(TableFormat.KIND) && only.isEmpty())) {
                return false;
            }
        }
        only.stream().findFirst().ifPresent(name -> {
            throw usage(name + " is for networks, and a model of counts has none; name one with --network");
        });
        return true;
    }

    /**
     * Ctrl-C ends training after a step, and what comes before and after at once.
     *
     * @param advice how to go on from then on
     */
    private record Signals(String advice) implements TrainingRun.Stop {
        @Override
        public void training() {
            Interrupts.advise(advice);
            Interrupts.stopInOrder();
        }

        @Override
        public boolean requested() {
            return Interrupts.requested();
        }

        @Override
        public void trained() {
            Interrupts.stopAtOnce();
        }
    }
}

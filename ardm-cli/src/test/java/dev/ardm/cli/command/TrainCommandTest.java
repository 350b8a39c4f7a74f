package dev.ardm.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ardm.app.Listener;
import dev.ardm.app.data.TrainingData;
import dev.ardm.app.train.MethodOptions;
import dev.ardm.app.train.MetricsLog;
import dev.ardm.app.train.Presets;
import dev.ardm.app.train.RunOptions;
import dev.ardm.app.train.TrainingRun;
import dev.ardm.cli.Cli;
import dev.ardm.cli.Programs;
import dev.ardm.coding.internal.file.AppendLock;
import dev.ardm.core.counts.pixel.PixelCountsModel;
import dev.ardm.core.family.Models;
import dev.ardm.core.masking.MaskingModel;
import dev.ardm.core.pair.PairModel;
import dev.ardm.data.GlyphImages;
import dev.ardm.data.ItemSet;
import dev.ardm.data.array.NpyFile;
import dev.ardm.data.items.ItemSets;
import dev.ardm.data.source.Sources;
import dev.ardm.train.TrainingReport;
import dev.ardm.train.TrainingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class TrainCommandTest {
    @TempDir
    Path folder;

    private Path data;

    @BeforeEach
    void makeData() throws IOException {
        data = folder.resolve("glyphs.npy");
        NpyFile.write(data, GlyphImages.glyphs(120, 8, 1));
    }

    private Cli.Result train(String out, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "train",
                "--data",
                data.toString(),
                "--out",
                folder.resolve(out).toString(),
                "--preset",
                "tiny",
                "--threads",
                "1",
                "--set",
                "batch=8"));
        arguments.addAll(List.of(more));
        return Cli.run(arguments.toArray(String[]::new));
    }

    /** The network of a run on images, which fills in beside what stores. */
    private static MaskingModel network(Path run) throws IOException {
        return MaskingModel.of(((PairModel) Models.read(run.resolve("model.safetensors"))).filling());
    }

    @Test
    void aRunLeavesAModelMetricsSamplesAndACurve() throws IOException {
        Cli.Result result = train("run", "--steps", "6", "--seed", "3", "--set", "report-seconds=0.001");
        assertThat(result.err()).isEmpty();
        assertThat(result.code()).isZero();
        assertThat(result.out()).contains("+-").contains("Monte-Carlo bound");
        Path run = folder.resolve("run");
        MaskingModel model = network(run);
        assertThat(model.space().toString()).isEqualTo("8x8x1 of 256");
        assertThat(model.provenance().get("command"))
                .startsWith("ardm train --data")
                .contains("--seed 3");
        assertThat(model.schedules()).containsKey(16);
        List<TrainingReport> reports = MetricsLog.read(run);
        assertThat(reports).hasSize(6);
        assertThat(reports.get(5).step()).isEqualTo(6);
        assertThat(run.resolve("curve.png")).isNotEmptyFile();
        assertThat(run.resolve("config.json")).content().contains("\"preset\" : \"tiny\"");
        try (var samples = Files.list(run.resolve("samples"))) {
            assertThat(samples).isNotEmpty();
        }
    }

    /** That resuming gives the same weights as never stopping is the trainer's own test. */
    @Test
    void resumingGoesOnAndAFinishedRunStaysAsItIs() throws IOException {
        Path run = folder.resolve("run");
        assertThat(train("run", "--steps", "3").code()).isZero();
        String first = network(run).idText();
        assertThat(train("run", "--steps", "6", "--resume").code()).isZero();
        assertThat(MetricsLog.read(run)).extracting(TrainingReport::step).containsExactly(3L, 6L);
        String second = network(run).idText();
        assertThat(second).isNotEqualTo(first);
        assertThat(train("run", "--steps", "6", "--resume").code()).isZero();
        assertThat(network(run).idText()).isEqualTo(second);
    }

    /** What interruption prints: nothing but data, folder and --resume. */
    @Test
    void resumingNeedsNoSettings() throws IOException {
        Path run = folder.resolve("run");
        assertThat(train("run", "--steps", "3").code()).isZero();
        String id = network(run).idText();
        Cli.Result again = Cli.run("train", "--data", data, "--out", run, "--resume", "--threads", 1);
        assertThat(again.code()).as(again.err()).isZero();
        assertThat(again.out()).contains("network 'tiny'");
        assertThat(network(run).idText()).isEqualTo(id);
    }

    /** Runs were started before there were two kinds of networks. */
    @Test
    void aRunThatSaysNoKindOfNetworkIsAUNets() throws IOException {
        Path config = folder.resolve("run/config.json");
        assertThat(train("run", "--steps", "2").code()).isZero();
        String text = Files.readString(config);
        String before = text.replaceFirst("\\s*\"kind\" : \"unet\",", "");
        assertThat(before).isNotEqualTo(text);
        Files.writeString(config, before);
        Cli.Result again = train("run", "--steps", "3", "--resume");
        assertThat(again.code()).as(again.err()).isZero();
        Files.writeString(config, text.replace("\"unet\"", "\"inet\""));
        train("run", "--steps", "4", "--resume").failed("config.json: not a run's configuration");
    }

    /** Runs were started before there was a choice of optimizers: they go on as they began. */
    @Test
    void aRunThatSaysNoOptimizerIsAdamWs() throws IOException {
        Path config = folder.resolve("run/config.json");
        train("run", "--steps", "2", "--set", "optimizer=adamw").good();
        String text = Files.readString(config);
        String before = text.replaceFirst(",\\s*\"optimizer\" : \"ADAMW\",\\s*\"shifts\" : 0", "");
        assertThat(before).isNotEqualTo(text).doesNotContain("ADAMW");
        Files.writeString(config, before);
        train("run", "--steps", "3", "--resume").good();
        assertThat(config).content().contains("\"optimizer\" : \"ADAMW\"", "\"shifts\" : 0");
    }

    @Test
    void choicesThatThereAreNotAreNamed() {
        train("run", "--set", "optimizer=sgd").refused("setting optimizer: 'sgd' is none of adamw, muon");
        train("run", "--steps", "2", "--set", "shifts=8").failed("images of 8x8x1 of 256 cannot be shifted by 8");
    }

    /** Everything a model is good for, with rows of integers instead of images. */
    @Test
    void sequencesAreLearntDrawnFilledAndStored() throws IOException {
        data = folder.resolve("rows.npy");
        ItemSet rows = Sources.markov(12, 1, 5, 1).items(90, 1);
        NpyFile.write(data, rows);
        Path run = folder.resolve("run");
        train("run", "--steps", "4", "--set", "report-seconds=0.001").good();
        Cli.Result resumed = train("run", "--steps", "6", "--resume").good();
        assertThat(resumed.out()).contains("90 items of 12 of 5");
        assertThat(run.resolve("config.json")).content().contains("\"kind\" : \"transformer\"");
        MaskingModel model = MaskingModel.of(Models.read(run.resolve("model.safetensors")));
        assertThat(model.config()).isEqualTo(Presets.of("tiny", rows.space()));
        try (var samples = Files.list(run.resolve("samples"))) {
            assertThat(samples.map(path -> path.getFileName().toString()))
                    .isNotEmpty()
                    .allMatch(name -> name.endsWith(".npy"));
        }

        Path archive = folder.resolve("rows.ardm");
        Path back = folder.resolve("back.npy");
        Cli.run("compress", "-m", run, "-o", archive, "--calls", 5, data).good();
        Cli.run("decompress", "-m", run, "-o", back, archive).good();
        assertThat(back).hasSameBinaryContentAs(data);
        assertThat(Cli.run("list", archive).good().out()).contains("12 of 5, nominal");
        assertThat(Cli.run("eval", "-m", run, "--data", data, "--calls", 12)
                        .good()
                        .out())
                .contains("spread, 12 calls");
        Path drawn = folder.resolve("drawn.npy");
        Cli.run("sample", "-m", run, "-n", 7, "-o", drawn).good();
        assertThat(NpyFile.read(drawn).size()).isEqualTo(7);
        Path filled = folder.resolve("filled.npy");
        Cli.run("fill", "-m", run, "--input", data, "--mask", "missing:right", "-o", filled)
                .good();
        ItemSet completed = ItemSets.open(filled, rows.space());
        for (int i = 0; i < rows.size(); i++) {
            assertThat(Arrays.copyOf(completed.item(i), 6)).isEqualTo(Arrays.copyOf(rows.item(i), 6));
        }
        Cli.run("sample", "-m", run, "-n", 7, "-o", folder.resolve("drawn.png")).failed("are not images", "NAME.npy");
        Cli.run("decompress", "-m", run, "-o", folder + "/back/", archive).failed("are not images", "NAME.npy");
    }

    @Test
    void theSameSeedGivesTheSameModel() throws IOException {
        train("a", "--steps", "3", "--seed", "1");
        train("b", "--steps", "3", "--seed", "1");
        train("c", "--steps", "3", "--seed", "2");
        String a = network(folder.resolve("a")).idText();
        assertThat(network(folder.resolve("b")).idText()).isEqualTo(a);
        assertThat(network(folder.resolve("c")).idText()).isNotEqualTo(a);
    }

    /** The user names neither of the two models: each command takes the one that it needs. */
    @Test
    void imagesAreStoredByCountsAndFilledInByTheNetwork() throws IOException {
        Path run = folder.resolve("run");
        Cli.Result trained = train("run", "--steps", "3").good();
        assertThat(trained.out()).contains("counts of pixels stores, because", "; the network that fills in ");
        PairModel pair = (PairModel) Models.read(run.resolve("model.safetensors"));
        assertThat(pair.storing()).isInstanceOf(PixelCountsModel.class);
        assertThat(((PixelCountsModel) pair.storing()).items())
                .as("those that were held out too")
                .isEqualTo(120);
        assertThat(pair.provenance().get("storing")).contains("counts of pixels");
        assertThat(pair.storing().provenance().get("held_out")).contains("+-");

        Path archive = folder.resolve("glyphs.ardm");
        Path alone = folder.resolve("storing.safetensors");
        Path back = folder.resolve("back.npy");
        String said = Cli.run("compress", "-m", run, "-o", archive, "--save-model", alone, data)
                .good()
                .out();
        assertThat(said).contains(alone + ": the model of the archive, ", "model " + size(alone));
        assertThat(Models.read(alone).idText()).isEqualTo(pair.storing().idText());
        for (Path model : List.of(run, alone)) {
            Cli.run("decompress", "-f", "-m", model, "-o", back, archive).good();
            assertThat(back).hasSameBinaryContentAs(data);
        }
        assertThat(Cli.run("compress", "-m", run, "-o", archive, "--save-model", alone, data)
                        .code())
                .as("files that exist")
                .isEqualTo(1);
        Path embedded = folder.resolve("embedded.ardm");
        Cli.run("compress", "-m", run, "-o", embedded, "--embed-model", data).good();
        assertThat(Files.size(embedded)).isLessThan(Files.size(archive) + Files.size(alone) + 4096);
        Cli.run("decompress", "-f", "-o", back, embedded).good();
        assertThat(back).hasSameBinaryContentAs(data);

        Path filled = folder.resolve("filled.npy");
        Cli.run("fill", "-m", run, "--input", data, "--mask", "missing:top", "-o", filled)
                .good();
        assertThat(NpyFile.read(filled).size()).isEqualTo(120);
        assertThat(Cli.run("eval", "-m", run, "--data", data).good().out())
                .contains(
                        "row by row",
                        "Monte-Carlo bound",
                        pair.storing().idText().substring(0, 12));
        assertThat(Cli.run("eval", "-m", run, "--data", data, "--json").good().out())
                .contains("\"filling\":{", pair.filling().idText());
        assertThat(Cli.run("advise", "-m", run, data).good().out()).contains("when the model was trained");
        Cli.run("score", "-m", run, "--map", folder.resolve("map.tsv"), data).good();
        String before = pair.idText();
        Cli.run("plan", "-m", run, "--data", data, "--calls", "3", "--limit", 8, "--grid", 2)
                .good();
        assertThat(network(run).schedules()).containsKey(3);
        assertThat(Models.read(run.resolve("model.safetensors")).idText()).isEqualTo(before);
    }

    /** Of many images a causal network is learnt too, in a folder of its own, from which a run goes on as from the other. */
    @Test
    @Tag("slow")
    void ofManyImagesACausalNetworkMayStore() throws IOException {
        data = folder.resolve("many.npy");
        NpyFile.write(data, GlyphImages.glyphs(1_000, 8, 1));
        Path run = folder.resolve("run");
        Cli.Result trained =
                train("run", "--steps", "1000", "--set", "report-seconds=1").good();
        assertThat(trained.out()).contains("first a causal network", "the causal network ", "counts of pixels ");
        // Of 400 and 600 steps the last 15 % are for rounded weights, and in no report.
        assertThat(MetricsLog.read(run.resolve("storing")))
                .last()
                .extracting(TrainingReport::step)
                .isEqualTo(340L);
        assertThat(MetricsLog.read(run)).last().extracting(TrainingReport::step).isEqualTo(510L);
        Files.delete(run.resolve("model.safetensors"));
        try (var files = Files.walk(run.resolve("checkpoints"))) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
        train("run", "--steps", "1000").failed("already contains a run");
        train("run", "--steps", "1001", "--resume").good();
        assertThat(MetricsLog.read(run.resolve("storing")))
                .last()
                .extracting(TrainingReport::step)
                .isEqualTo(340L);
        assertThat(network(run).space()).isEqualTo(GlyphImages.glyphs(1, 8, 1).space());
    }

    private static String size(Path file) throws IOException {
        return String.format(Locale.ROOT, "%,d bytes", Files.size(file));
    }

    @Test
    void aNetworkThatIsNamedIsTrainedAlone() throws IOException {
        train("run", "--steps", "2", "--network", "unet").good();
        assertThat(Models.read(folder.resolve("run/model.safetensors"))).isInstanceOf(MaskingModel.class);
        Cli.Result other = train("run", "--steps", "3", "--resume", "--network", "pair");
        assertThat(other.code()).isEqualTo(2);
        assertThat(other.err()).contains("started with network 'unet'");
    }

    @Test
    void anEarlierRunIsNotOverwritten() {
        assertThat(train("run", "--steps", "2").code()).isZero();
        Cli.Result again = train("run", "--steps", "2");
        assertThat(again.code()).isEqualTo(1);
        assertThat(again.err()).contains("already contains a run");
    }

    @Test
    void resumingAnotherRunIsRefused() throws IOException {
        assertThat(train("none", "--steps", "2", "--resume").err()).contains("no run to resume");
        assertThat(train("run", "--steps", "2").code()).isZero();
        Cli.run("train", "--data", data, "--out", folder.resolve("run"), "--resume", "--preset", "small")
                .refused("started with preset 'tiny'");
        NpyFile.write(data, GlyphImages.glyphs(90, 8, 1));
        Cli.Result items = train("run", "--steps", "4", "--resume");
        assertThat(items.code()).isEqualTo(1);
        assertThat(items.err()).contains("120 items").contains("90");
    }

    /** The command that a message ends with, run as it is printed. */
    private static Cli.Result advised(Cli.Result failed) {
        String line = failed.err().strip();
        String command = line.substring(line.lastIndexOf(": ardm ") + 7);
        return Cli.run((Object[]) command.split(" "));
    }

    @Test
    void whatDivergedAtOnceGoesOnAsAdvised() throws IOException {
        Cli.Result diverged =
                train("run", "--steps", "5", "--set", "learning-rate=1e30").failed("training diverged at step");
        advised(diverged).good();
        assertThat(MetricsLog.read(folder.resolve("run"))).isNotEmpty();
        assertThat(folder.resolve("run/config.json")).content().contains("\"learningRate\" : 0.004");
    }

    /** Nor are weights kept that nothing can go on from. */
    @Test
    void whatDivergedAtOnceCanBeBegunAnew() throws IOException {
        train("run", "--steps", "5", "--set", "learning-rate=1e30", "--set", "report-seconds=0.0001")
                .failed("training diverged at step");
        assertThat(folder.resolve("run/checkpoints")).doesNotExist();
        train("run", "--steps", "3").good();
        assertThat(MetricsLog.read(folder.resolve("run"))).hasSize(1);
    }

    /** Before its first step a run has no checkpoint. */
    @Test
    void aRunInterruptedBeforeItsFirstStepGoesOn() throws IOException {
        Path run = folder.resolve("run");
        TrainingSettings settings = TrainingSettings.defaults().withLength(3, 0);
        RunOptions options = new RunOptions("tiny", TrainingData.Choice.GUESS, MethodOptions.DEFAULT, settings);
        boolean finished = new TrainingRun(run, 1, new TrainingRun.Origin("test", "test"), Listener.NONE, () -> true)
                .train(data, null, options, false);
        assertThat(finished).isFalse();
        Cli.run("train", "--data", data, "--out", run, "--resume").good();
        assertThat(run.resolve("model.safetensors")).exists();
    }

    @Test
    void oneRunIsTrainedByOneAtATime() throws IOException {
        train("run", "--steps", "2").good();
        Path run = folder.resolve("run");
        try (AppendLock lock = AppendLock.ofFolder(run, "training this run")) {
            train("run", "--steps", "4", "--resume").failed(run + ": something else is training this run");
        }
        train("run", "--steps", "4", "--resume").good();
        assertThat(run.resolve(".lock")).doesNotExist();
    }

    @Test
    void resumingKeepsThreadsAndWhatWasChanged() throws IOException {
        Path config = folder.resolve("run/config.json");
        train("run", "--steps", "2", "--set", "learning-rate=0.003").good();
        assertThat(config).content().contains("\"threads\" : 1").contains("\"learningRate\" : 0.003");
        Cli.run("train", "--data", data, "--out", folder.resolve("run"), "--resume", "--steps", 3, "--set", "clip=2")
                .good();
        assertThat(config).content().contains("\"threads\" : 1", "\"learningRate\" : 0.003", "\"clip\" : 2.0");
        train("run", "--resume", "--set", "validation=5").refused("started with validation '2000', not '5'");
        train("run", "--resume", "--set", "optimizer=adamw").refused("started with optimizer 'MUON', not 'ADAMW'");
        train("run", "--resume", "--seed", "4").refused("started with seed '0', not '4'");
        train("run", "--resume", "--kind", "text").refused("started with kind '', not 'text'");
    }

    @Test
    void otherDataOfTheSameShapeAreRefused() throws IOException {
        train("run", "--steps", "2").good();
        NpyFile.write(data, GlyphImages.glyphs(120, 8, 2));
        train("run", "--steps", "4", "--resume").failed("was started on other data", "digest");
        Path config = folder.resolve("run/config.json");
        String before = Files.readString(config)
                .replaceFirst("\\s*\"digest\" : \"[0-9a-f]{16}\",", "")
                .replaceFirst("\\s*\"threads\" : 1,", "");
        assertThat(before).doesNotContain("digest", "threads");
        Files.writeString(config, before);
        train("run", "--steps", "4", "--resume").good();
    }

    /** As on a full disk: no file may be longer than weights and averages, or than all but the end of the optimiser's state. */
    @Test
    @Tag("slow")
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void aCheckpointThatDoesNotFitIsOneLineAndLeavesTheOneBefore() throws IOException {
        // So that the optimiser's state is longer than weights and averages together.
        train("run", "--steps", "1", "--set", "optimizer=adamw").good();
        Path checkpoints = folder.resolve("run/checkpoints");
        long optimizer = Files.size(checkpoints.resolve("step-1/optimizer.pt"));
        for (long blocks : new long[] {optimizer / 2048, (optimizer - 1) / 1024}) {
            List<String> line =
                    new ArrayList<>(List.of("bash", "-c", "ulimit -f " + blocks + "; exec \"$@\"", "limited"));
            line.addAll(
                    Programs.line("train", "--data", data, "--out", folder.resolve("run"), "--resume", "--steps", 2));
            line.add(line.indexOf("-cp"), "-XX:-UsePerfData"); // which is a file, too
            Programs.Ended ended = Programs.run(Programs.in(folder, line), new byte[0])
                    .failed(1, checkpoints + "/step-2: cannot be written: ");
            assertThat(ended.err().lines()).hasSize(1);
            assertThat(Cli.files(checkpoints))
                    .containsOnlyKeys("step-1", "step-1/optimizer.pt", "step-1/state.safetensors");
        }
        train("run", "--steps", "2", "--resume").good();
    }

    /** As after a power cut: the message says what to do, and that is good. */
    @Test
    void aDamagedCheckpointIsRefusedWithAWayOut() throws IOException {
        train("run", "--steps", "2").good();
        Path checkpoint = folder.resolve("run/checkpoints/step-2");
        for (String name : List.of("optimizer.pt", "state.safetensors")) {
            byte[] whole = Files.readAllBytes(checkpoint.resolve(name));
            for (int length : new int[] {whole.length - 100, whole.length / 2, 0}) {
                Files.write(checkpoint.resolve(name), Arrays.copyOf(whole, length));
                Cli.Result failed = train("run", "--steps", "3", "--resume")
                        .failed(name, "delete " + checkpoint.getParent() + " to begin the run anew");
                assertThat(failed.err().lines()).hasSize(1);
            }
            Files.write(checkpoint.resolve(name), whole);
        }
        for (String name : List.of("optimizer.pt", "state.safetensors")) {
            Files.delete(checkpoint.resolve(name));
        }
        Files.delete(checkpoint);
        Files.delete(checkpoint.getParent());
        train("run", "--steps", "3", "--resume").good();
        assertThat(MetricsLog.read(folder.resolve("run")))
                .extracting(TrainingReport::step)
                .containsExactly(3L);
    }

    /** A full disk or a killed process leaves half a line, and a report of steps that are taken again. */
    @Test
    void metricsGoOnWhereTheCheckpointIs() throws IOException {
        train("run", "--steps", "2").good();
        Path metrics = folder.resolve("run/metrics.jsonl");
        String first = Files.readString(metrics);
        Files.writeString(metrics, first + first.replace("\"step\":2", "\"step\":3") + first.substring(0, 30));
        train("run", "--steps", "4", "--resume").good();
        assertThat(MetricsLog.read(folder.resolve("run")))
                .extracting(TrainingReport::step)
                .containsExactly(2L, 4L);
        assertThat(Files.readString(metrics)).startsWith(first).doesNotContain("NaN");
    }

    @Test
    void badUsageIsExitCodeTwo() {
        assertThat(train("x", "--steps", "2", "--minutes", "1").err()).contains("not both");
        assertThat(train("x", "--steps", "0").code()).isEqualTo(2);
        assertThat(train("x", "--steps", "2", "--set", "batsch=3").err()).contains("unknown setting 'batsch'");
        assertThat(train("x", "--steps", "2", "--set", "clip=many").err()).contains("not a number");
        assertThat(train("x", "--steps", "2", "--set", "ema=2").code()).isEqualTo(2);
        Cli.Result preset = Cli.run("train", "--data", data.toString(), "--out", "x", "--preset", "huge");
        assertThat(preset.code()).isEqualTo(2);
        assertThat(preset.err()).contains("unknown preset 'huge'").contains("tiny, small, medium, base");
        assertThat(folder.resolve("x")).doesNotExist();
    }

    @Test
    void badDataLeavesNothingBehind() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        data = empty;
        Cli.Result result = train("x", "--steps", "2");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("empty");
        data = folder.resolve("missing");
        assertThat(train("x", "--steps", "2").err()).contains("missing");
        data = folder.resolve("few.npy");
        NpyFile.write(data, GlyphImages.glyphs(5, 8, 1));
        assertThat(train("x", "--steps", "2").err()).contains("too few");
        assertThat(folder.resolve("x")).doesNotExist();
    }
}

package dev.ardm.cli;

import static dev.ardm.cli.Cli.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ardm.core.RandomStream;
import dev.ardm.core.RandomStream.Purpose;
import dev.ardm.core.Space;
import dev.ardm.core.family.Models;
import dev.ardm.core.masking.MaskingModel;
import dev.ardm.data.ItemSet;
import dev.ardm.data.PackedItemSet;
import dev.ardm.data.array.NpyFile;
import dev.ardm.data.items.ItemSets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Labels in train, sample, fill and eval, end to end: dark, grey and bright noise. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LabelsCommandTest {
    private static final Space SPACE = Space.image(3, 3, 1, 4);
    private static final int ITEMS = 400;

    private Path dir;
    private Path data;
    private Path labels;
    private Path model;
    private Path plain;

    private static byte[] idx(int... labels) {
        byte[] bytes = Arrays.copyOf(new byte[] {0, 0, 8, 1}, 8 + labels.length);
        bytes[6] = (byte) (labels.length >>> 8);
        bytes[7] = (byte) labels.length;
        for (int i = 0; i < labels.length; i++) {
            bytes[8 + i] = (byte) labels[i];
        }
        return bytes;
    }

    /** Of each item more than half of the values are its label, the others are anything: means of 2/3, 11/9 and 16/9. */
    @BeforeAll
    void train(@TempDir Path folder) throws IOException {
        dir = folder;
        List<int[]> items = new ArrayList<>();
        int[] classes = new int[ITEMS];
        for (int n = 0; n < ITEMS; n++) {
            RandomStream random = RandomStream.of(1, Purpose.TEST, n);
            classes[n] = random.nextInt(3);
            int[] item = new int[SPACE.dimensions()];
            for (int i = 0; i < item.length; i++) {
                item[i] = random.nextInt(9) < 5 ? classes[n] : random.nextInt(4);
            }
            items.add(item);
        }
        data = dir.resolve("data.npy");
        NpyFile.write(data, PackedItemSet.of(SPACE, items, null));
        labels = Files.write(dir.resolve("labels.idx"), idx(classes));
        run(arguments("run", "--steps", 250, "--labels", labels)).good();
        model = dir.resolve("run/model.safetensors");
        plain = Cli.modelFile(dir.resolve("plain.safetensors"), SPACE, 1);
    }

    private Object[] arguments(String out, Object... more) {
        List<Object> arguments = new ArrayList<>(List.of("train", "--data", data, "--out", dir.resolve(out)));
        arguments.addAll(List.of("--preset", "tiny", "--threads", 1, "--set", "batch=32"));
        arguments.addAll(List.of("--set", "learning-rate=0.005", "--set", "warmup-steps=10", "--set", "ema=0.9"));
        arguments.addAll(List.of(more));
        return arguments.toArray();
    }

    private static double mean(ItemSet items) {
        double sum = 0;
        for (int i = 0; i < items.size(); i++) {
            sum += Arrays.stream(items.item(i)).average().orElseThrow() / items.size();
        }
        return sum;
    }

    @Test
    void theModelKnowsItsClasses() throws IOException {
        assertThat(MaskingModel.of(Models.read(model)).process().classes()).isEqualTo(3);
        assertThat(MaskingModel.of(Models.read(model)).provenance())
                .containsEntry("classes", "3")
                .hasEntrySatisfying("validation_bits_per_dimension", text -> assertThat(text)
                        .contains("given labels"));
    }

    @Test
    void samplesAndFillingsAreOfTheLabel() throws IOException {
        double[] means = new double[3];
        double[] filled = new double[3];
        Path half = dir.resolve("half.npy");
        NpyFile.write(half, PackedItemSet.of(SPACE, java.util.Collections.nCopies(100, new int[9]), null));
        for (int label = 0; label < 3; label++) {
            Path out = dir.resolve("samples" + label + ".npy");
            assertThat(run("sample", "-m", model, "-n", 100, "--calls", 9, "--label", label, "-o", out)
                            .good()
                            .out())
                    .contains(", label " + label + ", 9 calls each");
            means[label] = mean(ItemSets.open(out, SPACE));
            Path fill = dir.resolve("filled" + label + ".npy");
            run("fill", "-m", model, "--input", half, "--mask", "missing:all", "--label", label, "-o", fill)
                    .good();
            filled[label] = mean(ItemSets.open(fill, SPACE));
        }
        for (double[] each : List.of(means, filled)) {
            assertThat(each[1] - each[0]).isBetween(0.25, 0.85);
            assertThat(each[2] - each[1]).isBetween(0.25, 0.85);
        }
        run("sample", "-m", model, "-n", 2, "--calls", 4, "-o", dir.resolve("any.npy"))
                .good();
    }

    private JsonNode eval(Object... more) {
        List<Object> arguments =
                new ArrayList<>(List.of("eval", "-m", model, "--data", data, "--calls", 8, "--limit", 60, "--json"));
        arguments.addAll(List.of(more));
        return JsonMapper.builder()
                .build()
                .readTree(run(arguments.toArray()).good().out());
    }

    @Test
    void labelsLowerWhatItemsCost() {
        JsonNode without = eval().path("estimates");
        JsonNode with = eval("--labels", labels).path("estimates");
        for (int kind = 0; kind < 2; kind++) {
            JsonNode given = with.get(kind);
            assertThat(given.path("estimator").asString()).endsWith(", given labels");
            assertThat(without.get(kind).path("estimator").asString()).doesNotContain("labels");
            assertThat(given.path("items").asInt()).isEqualTo(60);
            assertThat(given.path("standard_error").asDouble()).isPositive();
            assertThat(given.path("bits_per_dimension").asDouble())
                    .isLessThan(without.get(kind).path("bits_per_dimension").asDouble());
        }
    }

    @Test
    void archivesNeedNoLabels() throws IOException {
        Path few = dir.resolve("few.npy");
        NpyFile.write(few, ItemSets.open(data, SPACE).limit(3));
        Path archive = dir.resolve("few.ardm");
        run("compress", "-m", model, few, "-o", archive, "--calls", 8).good();
        Path back = dir.resolve("back.npy");
        run("decompress", "-m", model, archive, "-o", back).good();
        assertThat(Files.readAllBytes(back)).isEqualTo(Files.readAllBytes(few));
    }

    @Test
    void badLabelsAreNamed() throws IOException {
        run("sample", "-m", model, "-n", 1, "--label", 3, "-o", dir.resolve("x.npy"))
                .failed("--label 3", "3 classes, from 0");
        run("sample", "-m", plain, "-n", 1, "--label", 0, "-o", dir.resolve("x.npy"))
                .failed("--label 0", "this model has no classes");
        assertThat(dir.resolve("x.npy")).doesNotExist();
        Path few = Files.write(dir.resolve("few.idx"), idx(0, 1));
        run(arguments("bad", "--steps", 2, "--labels", few))
                .failed(few.toString(), "2 labels do not fit the 400 items", data.toString());
        run(arguments("bad", "--steps", 2, "--labels", data)).failed(data.toString(), "3 axes");
        run(arguments("bad", "--steps", 2, "--labels", labels, "--process", "autoregressive"))
                .failed("process 'autoregressive' does not accept labels");
        assertThat(dir.resolve("bad")).doesNotExist();
        int[] high = new int[ITEMS];
        high[7] = 3;
        Path outside = Files.write(dir.resolve("high.idx"), idx(high));
        run("eval", "-m", model, "--data", data, "--labels", outside)
                .failed(outside.toString(), "item 7 has the label 3, outside [0, 2]");
        run("eval", "-m", plain, "--data", data, "--labels", labels).failed("was trained without labels");
    }

    @Test
    void resumingNeedsTheLabelsAgain() {
        run(arguments("again", "--steps", 2, "--labels", labels)).good();
        Path again = dir.resolve("again");
        run("train", "--data", data, "--out", again, "--resume", "--steps", 3, "--threads", 1)
                .failed("with labels of 3 classes", "give its --labels again");
        run("train", "--data", data, "--labels", labels, "--out", again, "--resume", "--steps", 3, "--threads", 1)
                .good();
    }
}

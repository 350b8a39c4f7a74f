package dev.ardm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ardm.core.Space;
import dev.ardm.core.family.Models;
import dev.ardm.core.masking.MaskingModel;
import dev.ardm.core.model.SafeTensors;
import dev.ardm.core.model.SafeTensors.Type;
import dev.ardm.data.GlyphImages;
import dev.ardm.data.array.NpyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Weights of few bits, and sizes of networks by description length, from the command line. */
class SmallWeightsTest {
    @TempDir
    Path folder;

    private Path data;

    @BeforeEach
    void makeData() throws IOException {
        data = folder.resolve("glyphs.npy");
        NpyFile.write(data, GlyphImages.glyphs(120, 8, 1));
    }

    private Cli.Result train(String out, Object... more) {
        List<Object> arguments = new ArrayList<>(List.of(
                "train",
                "--data",
                data,
                "--out",
                folder.resolve(out),
                "--network",
                "unet",
                "--threads",
                "1",
                "--set",
                "batch=8"));
        arguments.addAll(Arrays.asList(more));
        return Cli.run(arguments.toArray());
    }

    private Path model(String run) {
        return folder.resolve(run).resolve("model.safetensors");
    }

    @Test
    void weightsAreStoredAsAsked() throws IOException {
        assertThat(train("auto", "--preset", "tiny", "--steps", "4").good().out())
                .contains("bits each: ")
                .contains("before they were rounded");
        train("coarse", "--preset", "tiny", "--steps", "4", "--set", "weights=5%")
                .good();
        train("f16", "--preset", "tiny", "--steps", "4", "--set", "weights=f16").good();
        train("f32", "--preset", "tiny", "--steps", "4", "--set", "weights=f32").good();
        assertThat(SafeTensors.read(model("auto")).tensors()).containsOnlyKeys("weights");
        for (Type type : new Type[] {Type.F16, Type.F32}) {
            String run = type == Type.F16 ? "f16" : "f32";
            assertThat(SafeTensors.read(model(run)).tensors().values())
                    .allSatisfy(tensor -> assertThat(tensor.type()).isEqualTo(type));
        }
        assertThat(Files.size(model("auto"))).isLessThan(Files.size(model("f16")) / 2);
        assertThat(Files.size(model("coarse"))).isLessThan(Files.size(model("auto")));
        assertThat(Files.size(model("f16"))).isLessThan(Files.size(model("f32")));
        Cli.run("eval", "-m", model("auto"), "--data", data, "--limit", 5, "--calls", 4)
                .good();
        assertThat(train("no", "--preset", "tiny", "--steps", "4", "--set", "weights=int9")
                        .err())
                .contains("weights must be auto, f32, f16 or what they may lose, such as 0.3%, got 'int9'");
        assertThat(train("no", "--preset", "tiny", "--steps", "4", "--set", "weights=0%")
                        .err())
                .contains("more than 0 % and at most 100 %");
    }

    /** Of a pair each part has coded weights of its own; counts have none. */
    @Test
    void thePartsOfAPairAreCodedApart() throws IOException {
        Cli.run(
                        "train",
                        "--data",
                        data,
                        "--out",
                        folder.resolve("pair"),
                        "--preset",
                        "tiny",
                        "--steps",
                        4,
                        "--threads",
                        "1")
                .good();
        assertThat(SafeTensors.read(model("pair")).tensors()).containsOnlyKeys("storing.primer", "filling.weights");
        Cli.run(
                        "fill",
                        "-m",
                        model("pair"),
                        "--input",
                        data,
                        "--mask",
                        "missing:bottom",
                        "-o",
                        folder.resolve("f.npy"),
                        "--calls",
                        4)
                .good();
    }

    /** With enough steps the last of them are for rounded weights. */
    @Test
    void theLastStepsTrainRoundedWeights() throws IOException {
        assertThat(train("run", "--preset", "tiny", "--steps", "200", "--set", "batch=2")
                        .good()
                        .out())
                .contains("rounded in the last part of the training");
        assertThat(Files.exists(folder.resolve("run/checkpoints/step-170"))).isTrue();
    }

    /** Configurations from before weights could be coded. */
    @Test
    void olderRunsGoOn() throws IOException {
        train("run", "--preset", "tiny", "--steps", "2").good();
        Path config = folder.resolve("run/config.json");
        String text = Files.readString(config);
        assertThat(text).contains("\"stored\" : \"auto\",").contains("\"forItems\" : 0");
        Files.writeString(
                config, text.replaceAll("\"stored\" : \"auto\",\\s*\"forItems\" : 0", "\"stored\" : \"F16\""));
        assertThat(Files.readString(config)).contains("F16").doesNotContain("forItems");
        Cli.run("train", "--data", data, "--out", folder.resolve("run"), "--resume", "--steps", "3", "--threads", "1")
                .good();
        assertThat(SafeTensors.read(model("run")).tensors().values())
                .allSatisfy(tensor -> assertThat(tensor.type()).isEqualTo(Type.F16));
    }

    @Test
    void theSizeIsChosenByDescriptionLength() throws IOException {
        String few = train("few", "--for-items", 100, "--steps", 6).good().out();
        assertThat(few).contains("preset tiny: for 100 items of 64 bytes no larger network pays");
        String many =
                train("many", "--for-items", 1_000_000, "--steps", 40).good().out();
        assertThat(many)
                .contains("tiny (")
                .contains("small (")
                .containsPattern(
                        "preset (tiny|small|medium): the smallest for 1,000,000 items, model and items together");
        assertThat(Files.readString(folder.resolve("many/config.json")))
                .contains("\"forItems\" : 1000000")
                .containsPattern("\"preset\" : \"(tiny|small|medium)\"");
        try (var files = Files.list(folder.resolve("many"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "checkpoints", "config.json", "curve.png", "metrics.jsonl", "model.safetensors", "samples");
        }
        Cli.run("train", "--data", data, "--out", folder.resolve("many"), "--resume", "--steps", 41, "--threads", "1")
                .good();
        assertThat(train("no", "--for-items", 0, "--steps", 4).err()).contains("at least 1 item");
        assertThat(folder.resolve("no")).doesNotExist();
    }

    /** The sizes that are tried know the counts as the chosen one does, which goes on from there. */
    @Test
    void sizesAreTriedWithTheirCounts() throws IOException {
        Path text = folder.resolve("text.txt");
        Files.writeString(text, "the cat sat on the mat and the rat sat on the hat ".repeat(200));
        String out = Cli.run(
                        "train",
                        "--data",
                        text,
                        "--out",
                        folder.resolve("told"),
                        "--network",
                        "causal-transformer+counts",
                        "--process",
                        "autoregressive",
                        "--format",
                        "window=16",
                        "--for-items",
                        3_000_000,
                        "--steps",
                        40,
                        "--threads",
                        1,
                        "--set",
                        "batch=2")
                .good()
                .out();
        assertThat(out).containsPattern("preset (tiny|small|medium): the smallest for 3,000,000 items");
        assertThat(Cli.run("info", model("told")).good().out()).contains("counts");
    }

    @Test
    void plansRoundTheWeightsOfAFinishedModel() throws IOException {
        Space space = Space.image(6, 6, 1, 4);
        Path items = folder.resolve("items.npy");
        NpyFile.write(items, Cli.items(space, 40, 2));
        Path original = Cli.write(folder.resolve("original.safetensors"), Cli.model(space, 1));
        byte[] before = Files.readAllBytes(original);
        Path small = folder.resolve("small.safetensors");
        assertThat(Cli.run("plan", "-m", original, "--data", items, "--calls", 3, "--weights", "auto")
                        .err())
                .contains("give its name with -o");
        assertThat(Cli.run("plan", "-m", original, "--data", items, "--calls", 3, "--weights", "many", "-o", small)
                        .err())
                .contains("weights must be auto");
        assertThat(Cli.run("plan", "-m", original, "--data", items, "--calls", 3, "--weights", "1%", "-o", small)
                        .good()
                        .out())
                .contains("bits each")
                .contains("it is another model");
        assertThat(Files.readAllBytes(original)).isEqualTo(before);
        assertThat(Files.size(small)).isLessThan(before.length / 2);
        MaskingModel rounded = MaskingModel.of(Models.read(small));
        MaskingModel exact = MaskingModel.of(Models.read(original));
        assertThat(rounded.idText()).isNotEqualTo(exact.idText());
        assertThat(rounded.definitionJson()).isEqualTo(exact.definitionJson());
        assertThat(rounded.schedules()).containsOnlyKeys(3);
        assertThat(rounded.provenance().get("weights")).contains(exact.idText());
        Path archive = folder.resolve("items.ardm");
        Cli.run("compress", "-m", small, items, "-o", archive, "--calls", 3).good();
        Cli.run("test", "-m", small, archive).good();
        // Planned again, the weights stay as they are coded.
        Cli.run("plan", "-m", small, "--data", items, "--calls", 5).good();
        assertThat(Models.read(small).idText()).isEqualTo(rounded.idText());
        assertThat(SafeTensors.read(small).tensors()).containsOnlyKeys("weights");
        assertThat(MaskingModel.of(Models.read(small)).schedules())
                .containsAllEntriesOf(rounded.schedules())
                .containsOnlyKeys(3, 5);
    }
}

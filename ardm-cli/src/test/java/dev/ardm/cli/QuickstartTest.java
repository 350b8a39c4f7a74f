package dev.ardm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ardm.app.Listener;
import dev.ardm.app.archive.SecondMachine;
import dev.ardm.cli.console.ConsoleListener;
import dev.ardm.coding.internal.read.ArchiveReader;
import dev.ardm.core.family.Models;
import dev.ardm.core.masking.MaskingModel;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.data.GlyphImages;
import dev.ardm.data.ItemSet;
import dev.ardm.data.array.NpyFile;
import dev.ardm.data.items.ItemInput;
import dev.ardm.data.items.ItemSets;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class QuickstartTest {
    @TempDir
    Path folder;

    private final StringWriter printed = new StringWriter();
    private final StringWriter errors = new StringWriter();

    private int run(String... arguments) {
        return Main.commandLine(arguments)
                .setOut(new PrintWriter(printed, true))
                .setErr(new PrintWriter(errors, true))
                .execute(arguments);
    }

    @Test
    void doesEverythingOnImagesOfOnesOwn() throws Exception {
        Path data = folder.resolve("my data.npy");
        NpyFile.write(data, GlyphImages.glyphs(300, 8, 3));
        Path out = folder.resolve("first run");

        int code = run(
                "quickstart",
                "--data",
                data.toString(),
                "--out",
                out.toString(),
                "--minutes",
                "0.03",
                "--preset",
                "tiny",
                "--items",
                "7",
                "--threads",
                "1",
                "--seed",
                "5");

        String text = printed.toString();
        assertThat(code).as(text + errors).isZero();
        assertThat(text)
                .contains("plain kernels, 2 threads", "all 7 items came back exactly")
                .contains("PNG", "Deflate", "zstd, level 19", "ardm, ")
                .contains("held out");
        for (String name : List.of("samples.png", "filled.png", "curve.png")) {
            assertThat(ImageIO.read(out.resolve(name).toFile()).getWidth()).isGreaterThan(50);
        }
        try (ArchiveReader reader = ArchiveReader.open(out.resolve("items.ardm"))) {
            assertThat(reader.size()).isEqualTo(7);
        }
        MaskingModel model = MaskingModel.of(Models.read(out.resolve("model.safetensors")));
        ItemSet stored = ItemSets.open(out.resolve("items.npy"), model.space());
        ItemSet all = ItemSets.open(data);
        assertThat(all.all()).containsAll(stored.all());

        // A second time it must not touch what is there.
        assertThat(run("quickstart", "--out", out.toString())).isEqualTo(1);
        assertThat(errors.toString()).contains("is not empty");
    }

    @Test
    void theSecondMachineNoticesADifference() throws Exception {
        ItemSet items = GlyphImages.glyphs(40, 8, 4);
        Path run = folder.resolve("run");
        Path data = folder.resolve("data.npy");
        NpyFile.write(data, items);
        assertThat(run(
                        "train",
                        "--data",
                        data.toString(),
                        "--out",
                        run.toString(),
                        "--preset",
                        "tiny",
                        "--steps",
                        "1",
                        "--threads",
                        "1"))
                .isZero();
        Path modelPath = run.resolve("model.safetensors");
        LikelihoodModel model = MaskingModel.of(Models.read(modelPath)).open(1);
        Path archive = folder.resolve("items.ardm");
        Cli.archive(archive, model, 4, ItemInput.of(items.limit(3), false));
        Path same = folder.resolve("same.npy");
        NpyFile.write(same, items.limit(3));
        Path other = folder.resolve("other.npy");
        NpyFile.write(other, items.subset(new int[] {0, 1, 3}));

        Listener out = new ConsoleListener(new PrintWriter(printed, true), new PrintWriter(errors, true));
        assertThat(SecondMachine.run(modelPath, archive, same, 2, out)).isTrue();
        assertThat(printed.toString()).contains("1 thread)", "all 3 items came back exactly");
        assertThat(SecondMachine.run(modelPath, archive, other, 2, out)).isFalse();
        assertThat(printed.toString()).contains("2 OF 3 items CAME BACK");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"--minutes=0", "--minutes=-1", "--minutes=NaN", "--items=0", "--preset=huge", "--threads=0"})
    void wrongUse(String option) {
        assertThat(run("quickstart", option, "--out", folder.resolve("x").toString()))
                .isEqualTo(2);
        assertThat(folder.resolve("x")).doesNotExist();
    }

    @Test
    void badDataLeavesNothingBehind() throws Exception {
        Path few = folder.resolve("few.npy");
        NpyFile.write(few, GlyphImages.glyphs(12, 8, 3));
        Path out = folder.resolve("x");
        assertThat(run("quickstart", "--data", few.toString(), "--out", out.toString()))
                .isEqualTo(1);
        assertThat(errors.toString()).contains("12 items are too few");
        assertThat(run("quickstart", "--data", folder.resolve("none").toString(), "--out", out.toString()))
                .isEqualTo(1);
        assertThat(out).doesNotExist();
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThat(run("quickstart", "--out", file.toString())).isEqualTo(1);
        assertThat(errors.toString()).contains("is not a folder");
    }
}

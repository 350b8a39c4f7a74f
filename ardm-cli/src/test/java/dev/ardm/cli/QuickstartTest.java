package dev.ardm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ardm.app.Listener;
import dev.ardm.app.archive.SecondMachine;
import dev.ardm.cli.console.ConsoleListener;
import dev.ardm.coding.internal.read.ArchiveReader;
import dev.ardm.core.counts.pixel.PixelCountsModel;
import dev.ardm.core.family.Models;
import dev.ardm.core.masking.MaskingModel;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.ModelFile;
import dev.ardm.core.model.SafeTensors;
import dev.ardm.core.pair.PairModel;
import dev.ardm.data.GlyphImages;
import dev.ardm.data.ItemSet;
import dev.ardm.data.array.NpyFile;
import dev.ardm.data.items.ItemInput;
import dev.ardm.data.items.ItemSets;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
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
                .contains("held out", "the model that stores", "items like these")
                .contains(
                        "all 1,000 lines came back byte by byte",
                        "zstd -19, all as one file",
                        "xz -9e, all as one file");
        for (String name : List.of("samples.png", "filled.png", "curve.png")) {
            assertThat(ImageIO.read(out.resolve(name).toFile()).getWidth()).isGreaterThan(50);
        }
        try (ArchiveReader reader = ArchiveReader.open(out.resolve("items.ardm"))) {
            assertThat(reader.size()).isEqualTo(7);
        }
        PairModel model = (PairModel) Models.read(out.resolve("model.safetensors"));
        assertThat(model.storing()).isInstanceOf(PixelCountsModel.class);
        assertThat(model.filling()).isInstanceOf(MaskingModel.class);
        requireBothCounted(text, out, model);
        ItemSet stored = ItemSets.open(out.resolve("items.npy"), model.space());
        ItemSet all = ItemSets.open(data);
        assertThat(all.all()).containsAll(stored.all());

        Path log = out.resolve("log").resolve("server.log");
        assertThat(Files.readAllLines(log)).hasSize(1000);
        assertThat(new String(Cli.piped(new byte[0], "cat", log + ".ardm", 17), StandardCharsets.US_ASCII))
                .isEqualTo(Files.readAllLines(log).get(17) + "\n");

        // A second time it must not touch what is there.
        assertThat(run("quickstart", "--out", out.toString())).isEqualTo(1);
        assertThat(errors.toString()).contains("is not empty");
    }

    /** What is printed as archive and model is what an archive with the model inside takes beside. */
    private static void requireBothCounted(String text, Path out, PairModel model) throws IOException {
        Path alone = out.resolveSibling("storing.safetensors");
        try (OutputStream to = Files.newOutputStream(alone)) {
            ModelFile.write(model.storing(), SafeTensors.Type.F32, to);
        }
        long archive = Files.size(out.resolve("items.ardm"));
        long storing = Files.size(alone);
        assertThat(text)
                .contains(String.format(
                        Locale.ROOT,
                        "archive %,d bytes, the model that stores %,d, both %,d",
                        archive,
                        storing,
                        archive + storing));
    }

    @Test
    void theSecondMachineRestoresLinesFromTheArchiveAlone() throws Exception {
        Path log = Files.writeString(folder.resolve("a.log"), "one line\nanother line\none line\nno end");
        assertThat(run("pack", log.toString())).isZero();
        Path archive = folder.resolve("a.log.ardm");
        Listener out = new ConsoleListener(new PrintWriter(printed, true), new PrintWriter(errors, true));
        assertThat(SecondMachine.restore(archive, log, 1, out)).isTrue();
        assertThat(printed.toString()).contains("2 threads)", "all 4 lines came back byte by byte");
        Path other = Files.writeString(folder.resolve("b.log"), "one line\nanother line\none line\nno End");
        assertThat(SecondMachine.restore(archive, other, 1, out)).isFalse();
        assertThat(printed.toString()).contains("THE LINES DIFFER");
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
        LikelihoodModel model = Models.open(modelPath, 1);
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

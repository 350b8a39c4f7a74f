package dev.ardm.cli;

import static dev.ardm.cli.Cli.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ardm.core.Space;
import dev.ardm.core.model.Estimator;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.data.ItemSet;
import dev.ardm.data.PackedItemSet;
import dev.ardm.data.array.IdxFile;
import dev.ardm.data.array.NpyFile;
import dev.ardm.data.image.ImageFiles;
import dev.ardm.data.image.ImageFolder;
import dev.ardm.data.image.Masks;
import dev.ardm.data.items.ItemSets;
import dev.ardm.data.png.PngText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** eval, sample and fill, end to end. */
class EvalSampleFillTest {
    private static final Space GREY = Space.image(8, 8, 1, 256);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    Path dir;

    private Path model;
    private Path npy;

    @BeforeEach
    void greyModel() throws IOException {
        model = Cli.modelFile(dir.resolve("model.safetensors"), GREY, 1);
        npy = dir.resolve("items.npy");
        NpyFile.write(npy, Cli.items(GREY, 6, 2));
    }

    @Test
    void evalNamesItsEstimators() {
        String text =
                run("eval", "-m", model, "--data", npy, "--calls", 8).good().out();
        assertThat(text.lines()).hasSize(3);
        assertThat(text)
                .contains("6 items of 8x8x1 of 256")
                .contains("Monte-Carlo bound, 4 random steps")
                .contains("exact log-likelihood for one order and schedule (spread, 8 calls); 6 items, 8 calls each")
                .containsPattern("\\d\\.\\d{4} \\+- \\d\\.\\d{4} +bits/dim");

        JsonNode node = JSON.readTree(
                run("eval", "-m", model, "--data", npy, "--calls", 8, "--exact", "--json", "--limit", 4, "--passes", 2)
                        .good()
                        .out());
        assertThat(node.path("items").asInt()).isEqualTo(4);
        assertThat(node.path("estimates").valueStream().map(e -> e.path("kind").asString()))
                .containsExactly("bound", "order_and_schedule", "order");
        assertThat(node.path("estimates").valueStream().map(e -> e.path("calls").asInt()))
                .containsExactly(2, 8, 64);
        LikelihoodModel likelihood = Cli.model(GREY, 1).open(1);
        assertThat(node.path("estimates").get(1).path("bits_per_dimension").asDouble())
                .isEqualTo(likelihood
                        .estimator(Estimator.PLAN, likelihood.plan(8), 1)
                        .measureValues(Cli.values(GREY, 6, 2).subList(0, 4), 0, LikelihoodModel.NO_PROGRESS)
                        .bitsPerDimension());
    }

    @Test
    void evalAtFullStepsIsExactForTheOrder() {
        JsonNode node = JSON.readTree(run("eval", "-m", model, "--data", npy, "--limit", 1, "--json")
                .good()
                .out());
        JsonNode plan = node.path("estimates").get(1);
        JsonNode order = node.path("estimates").get(2);
        assertThat(order.path("estimator").asString()).isEqualTo("exact log-likelihood for one order (spread)");
        assertThat(order.path("bits_per_dimension").asDouble())
                .isEqualTo(plan.path("bits_per_dimension").asDouble());
        assertThat(plan.path("standard_error").isNull()).isTrue();
        assertThat(run("eval", "-m", model, "--data", npy, "--limit", 1, "--calls", 1)
                        .good()
                        .out())
                .contains("+- ?");
    }

    @Test
    void samplesReplayFromTheirSeed() throws IOException {
        run("sample", "-m", model, "-n", 5, "--calls", 3, "--seed", 7, "-o", dir.resolve("a.png"))
                .good();
        run("sample", "-m", model, "-n", 5, "--calls", 3, "--seed", 7, "--threads", 1, "-o", dir.resolve("b.png"))
                .good();
        run("sample", "-m", model, "-n", 5, "--calls", 3, "--seed", 8, "-o", dir.resolve("c.png"))
                .good();
        assertThat(dir.resolve("a.png")).hasSameBinaryContentAs(dir.resolve("b.png"));
        assertThat(Files.readAllBytes(dir.resolve("a.png"))).isNotEqualTo(Files.readAllBytes(dir.resolve("c.png")));
        JsonNode text = JSON.readTree(PngText.read(dir.resolve("a.png")).get("ardm"));
        assertThat(text.path("model").asString()).isEqualTo(Cli.model(GREY, 1).idText());
        assertThat(text.path("seed").asInt()).isEqualTo(7);
        assertThat(text.path("calls").asInt()).isEqualTo(3);
        assertThat(text.path("order").asString()).isEqualTo("spread");

        run("sample", "-m", model, "-n", 5, "--calls", 3, "--seed", 7, "-o", dir.resolve("a.npy"))
                .good();
        run("sample", "-m", model, "-n", 2, "--calls", 3, "--seed", 7, "-o", dir.resolve("folder") + "/")
                .good();
        ItemSet items = ItemSets.open(dir.resolve("a.npy"), GREY);
        assertThat(items.size()).isEqualTo(5);
        assertThat(Cli.files(dir.resolve("folder"))).containsOnlyKeys("00000.png", "00001.png");
        assertThat(ItemSets.open(dir.resolve("folder")).item(1)).isEqualTo(items.item(1));
        Files.createDirectory(dir.resolve("empty"));
        run("sample", "-m", model, "-n", 1, "--calls", 1, "-o", dir.resolve("empty"))
                .good();
        assertThat(Cli.files(dir.resolve("empty"))).containsOnlyKeys("00000.png");
        Files.delete(dir.resolve("empty/00000.png"));
        Path link = Files.createSymbolicLink(dir.resolve("link"), dir.resolve("empty"));
        run("sample", "-m", model, "-n", 1, "--calls", 1, "-o", link).good();
        assertThat(link).isSymbolicLink();
        assertThat(Cli.files(dir.resolve("empty"))).containsOnlyKeys("00000.png");
    }

    private static void assertFilled(ItemSet filled, ItemSet items, boolean[] known) {
        assertThat(filled.size()).isEqualTo(items.size());
        int changed = 0;
        for (int i = 0; i < items.size(); i++) {
            for (int p = 0; p < known.length; p++) {
                if (known[p]) {
                    assertThat(filled.item(i)[p]).isEqualTo(items.item(i)[p]);
                } else if (filled.item(i)[p] != items.item(i)[p]) {
                    changed++;
                }
            }
        }
        assertThat(changed).isPositive();
    }

    @Test
    void fillKeepsWhatIsKnown() throws IOException {
        ItemSet items = NpyFile.read(npy).withSpace(GREY);
        boolean[] known = Masks.parse("missing:center", GREY);
        for (String out : List.of("a.npy", "b.npy", "c.idx")) {
            assertThat(run(
                                    "fill",
                                    "-m",
                                    model,
                                    "--input",
                                    npy,
                                    "--mask",
                                    "missing:center",
                                    "--calls",
                                    4,
                                    "-o",
                                    dir.resolve(out))
                            .good()
                            .out())
                    .contains("6 items", "96 of 384 values filled in");
        }
        assertThat(dir.resolve("a.npy")).hasSameBinaryContentAs(dir.resolve("b.npy"));
        assertFilled(ItemSets.open(dir.resolve("a.npy"), GREY), items, known);
        assertFilled(IdxFile.read(dir.resolve("c.idx")), items, known);
        run(
                        "fill",
                        "-m",
                        model,
                        "--input",
                        npy,
                        "--mask",
                        "missing:center",
                        "--calls",
                        4,
                        "--seed",
                        1,
                        "-o",
                        dir.resolve("d.npy"))
                .good();
        assertThat(Files.readAllBytes(dir.resolve("d.npy"))).isNotEqualTo(Files.readAllBytes(dir.resolve("a.npy")));
        run("fill", "-m", model, "--input", npy, "--mask", "known:all", "-o", dir.resolve("same.npy"))
                .failed("this mask leaves nothing to fill in");
        assertThat(dir.resolve("same.npy")).doesNotExist();
    }

    @Test
    void foldersAndImagesAreFilledWithPaintedMasks() throws IOException {
        PackedItemSet items = PackedItemSet.of(GREY, Cli.values(GREY, 2, 3), List.of("x.png", "y/z.png"));
        ImageFolder.write(dir.resolve("in"), items);
        boolean[] known = Masks.parse("missing:left", GREY);
        int[] painted = new int[64];
        for (int i = 0; i < 64; i++) {
            painted[i] = known[i] ? 0 : 255;
        }
        Path mask = dir.resolve("mask.png");
        ImageFiles.write(GREY, painted, mask);
        run("fill", "-m", model, "--input", dir.resolve("in"), "--mask", mask, "--calls", 2, "-o", dir.resolve("out"))
                .good();
        assertThat(Cli.files(dir.resolve("out"))).containsOnlyKeys("x.png", "y", "y/z.png");
        assertFilled(ItemSets.open(dir.resolve("out")), items, known);

        Path one = dir.resolve("in").resolve("x.png");
        run("fill", "-m", model, "--input", one, "--mask", mask, "--calls", 2, "-o", dir.resolve("one.png"))
                .good();
        assertFilled(ItemSets.open(dir.resolve("one.png")), items.limit(1), known);
        assertThat(PngText.read(dir.resolve("one.png")).get("ardm")).contains("\"seed\":0");

        ImageFolder.write(
                dir.resolve("masks"), PackedItemSet.of(GREY, List.of(new int[64], painted), List.of("x", "y/z")));
        run(
                        "fill",
                        "-m",
                        model,
                        "--input",
                        dir.resolve("in"),
                        "--mask",
                        dir.resolve("masks"),
                        "-o",
                        dir.resolve("each"))
                .good();
        assertThat(ItemSets.open(dir.resolve("each")).item(0)).isEqualTo(items.item(0));
        assertFilled(ItemSets.open(dir.resolve("each")), items, known);
        Files.delete(dir.resolve("masks/y/z.png"));
        run("fill", "-m", model, "--input", dir.resolve("in"), "--mask", dir.resolve("masks"), "-o", dir.resolve("no"))
                .failed("no mask for the item y/z.png");

        Path murky = dir.resolve("murky.png");
        for (int i = 0; i < 64; i++) {
            painted[i] = 3 * i;
        }
        ImageFiles.write(GREY, painted, murky);
        Path out = dir.resolve("murky-filled.png");
        run("fill", "-m", model, "--input", one, "--mask", murky, "-o", out)
                .failed("murky.png: the mask is not clearly of two levels", "--threshold");
        run("fill", "-m", model, "--input", one, "--mask", murky, "--threshold", 0, "-o", out)
                .refused("--threshold must be in 1..255");
        run("fill", "-m", model, "--input", one, "--mask", "missing:left", "--threshold", 9, "-o", out)
                .refused("a threshold is for masks that are images");
        run("fill", "-m", model, "--input", one, "--mask", murky, "--threshold", 255, "-o", out)
                .failed("leaves nothing to fill in");
        assertThat(out).doesNotExist();
        assertThat(run("fill", "-m", model, "--input", one, "--mask", murky, "--threshold", 180, "-o", out)
                        .good()
                        .out())
                .contains("1 item, 4 of 64 values filled in");

        run("fill", "-m", model, "--input", one, "--mask", mask, "-o", one).failed("is both input and output");
        run("fill", "-m", model, "--input", one, "--mask", mask, "-o", mask).failed("is both input and output");
        run("fill", "-m", model, "--input", npy, "--mask", mask, "-o", dir.resolve("no.png"))
                .failed("an image holds a single item", "has 6");
    }
}

package dev.ardm.core.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ardm.core.conformance.Check.Status;
import dev.ardm.core.conformance.Conformance.Outcome;
import dev.ardm.core.family.Models;
import dev.ardm.core.masking.MaskingModel;
import dev.ardm.core.model.SafeTensors.Type;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The self-test passes here, and does not where it must not. */
@Tag("slow")
class ConformanceTest {
    @TempDir
    Path dir;

    @BeforeEach
    void copies() throws IOException {
        try (Stream<Path> files = Files.walk(ConformanceModelsTest.MODELS)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                Path name = ConformanceModelsTest.MODELS.relativize(file);
                if (!name.startsWith("mnist") && !name.startsWith("mnist-unet")) {
                    Files.createDirectories(dir.resolve(name.toString()).getParent());
                    Files.copy(file, dir.resolve(name.toString()));
                }
            }
        }
        edit(
                "tiny-unet tiny-transformer tiny-causal tiny-contrast tiny-tree tiny-sequence mnist-unet",
                "tiny-unet tiny-transformer tiny-causal tiny-contrast tiny-tree tiny-sequence");
    }

    private void edit(String from, String to) throws IOException {
        String text = Files.readString(dir.resolve(Golden.FILE));
        assertThat(text).contains(from);
        Files.writeString(dir.resolve(Golden.FILE), text.replace(from, to));
    }

    private static Outcome run(Path models, Extent extent) throws IOException {
        List<Check> seen = new ArrayList<>();
        Outcome outcome = Conformance.run(models, extent, 0, 2, seen::add);
        assertThat(seen).isEqualTo(outcome.checks());
        return outcome;
    }

    private static List<String> differing(Outcome outcome) {
        return outcome.checks().stream()
                .filter(check -> check.status() == Status.DIFFERS)
                .map(Check::name)
                .toList();
    }

    @Test
    void everythingIsAsItWasWrittenDown() throws IOException {
        Outcome outcome = run(ConformanceModelsTest.MODELS, Extent.STANDARD);
        assertThat(differing(outcome)).isEmpty();
        assertThat(outcome.count(Status.LEFT_OUT)).isZero();
        assertThat(outcome.count(Status.OK)).isGreaterThan(35);
    }

    @Test
    void whatDoesNotRunIsSaid() throws IOException {
        Outcome outcome = run(ConformanceModelsTest.MODELS, Extent.QUICK);
        assertThat(differing(outcome)).isEmpty();
        assertThat(Conformance.run(ConformanceModelsTest.MODELS, Extent.QUICK, 0, 1, check -> {}))
                .isEqualTo(outcome);
        assertThat(outcome.checks().stream()
                        .filter(check -> check.status() == Status.LEFT_OUT)
                        .map(Check::name))
                .containsExactly("mnist-unet");
        assertThat(run(dir.resolve("none"), Extent.KERNELS).checks().stream()
                        .filter(check -> check.status() == Status.LEFT_OUT)
                        .map(Check::name))
                .containsExactly("models");
    }

    @Test
    void anItemOfALargeModelCanBeAskedFor() throws IOException {
        Outcome outcome = Conformance.run(ConformanceModelsTest.MODELS, Extent.QUICK, 1, 1, check -> {});
        assertThat(differing(outcome)).isEmpty();
        assertThat(outcome.checks())
                .extracting(Check::name)
                .contains("mnist-unet: 1 of 100 items of the golden archive");
    }

    /** Each list of hashes is looked at. */
    @Test
    void anotherHashIsFound() throws IOException {
        String hash = run(dir, Extent.QUICK).hash();
        Golden golden = Golden.read(dir);
        String logits = golden.list("tiny-unet.logits", 3).get(2);
        String encoded = golden.list("tiny-transformer.encoded", 1).get(0);
        String item = golden.list("tiny-transformer.items", 2).get(1);
        for (String entry : List.of(logits, encoded, item)) {
            edit(entry, "0123456789abcdef");
        }
        Outcome outcome = run(dir, Extent.QUICK);
        assertThat(differing(outcome))
                .contains(
                        "tiny-unet: logits of 7 inputs",
                        "tiny-transformer: items encoded: 1",
                        "tiny-transformer: 2 of 8 items of the golden archive")
                .doesNotContain("tiny-unet: items encoded: 1", "tiny-transformer: logits of 7 inputs");
        assertThat(outcome.checks()).anyMatch(check -> check.got()
                .endsWith("1 of 7 differ, the first is number 2: " + logits + ", not 0123456789abcdef"));
    }

    /** One bit of one weight, in a file that is in order. */
    @Test
    void anotherWeightIsFound() throws IOException {
        Path file = dir.resolve("tiny-transformer/model.safetensors");
        MaskingModel model = MaskingModel.of(Models.read(file));
        float[] values = model.weights().get("block1.value.weight").clone();
        values[5] = Math.nextUp(values[5]);
        MaskingModel changed = new MaskingModel(
                model.space(),
                model.config(),
                model.weights().with("block1.value.weight", values),
                model.schedules(),
                model.provenance());
        ConformanceModels.writeModel(changed, Type.F32, file);
        assertThat(differing(run(dir, Extent.QUICK)))
                .contains(
                        "tiny-transformer: model",
                        "tiny-transformer: logits of 7 inputs",
                        "tiny-transformer: golden archive")
                .allMatch(name -> name.startsWith("tiny-transformer"));
    }

    @Test
    void damagedFilesAreFound() throws IOException {
        Path model = dir.resolve("tiny-unet/model.safetensors");
        byte[] bytes = Files.readAllBytes(model);
        bytes[bytes.length - 9] ^= 1;
        Files.write(model, bytes);
        Path archive = dir.resolve("tiny-transformer/golden.ardm");
        Files.write(archive, Arrays.copyOf(Files.readAllBytes(archive), 100));
        Outcome outcome = run(dir, Extent.QUICK);
        assertThat(differing(outcome)).containsExactly("tiny-unet: model", "tiny-transformer: golden archive");
        assertThat(outcome.checks())
                .anyMatch(check -> check.got().contains("model.safetensors: not a usable model file"))
                .anyMatch(check ->
                        check.name().equals("tiny-unet: logits and archives") && check.status() == Status.LEFT_OUT);
    }

    @Test
    void aListOfHashesThatCannotBeUsedIsRefused() throws IOException {
        String whole = Files.readString(dir.resolve(Golden.FILE));
        for (String[] change : new String[][] {
            {"tiny-unet tiny", "../tiny-unet tiny", "cannot be the name of a model"},
            {"tiny-unet.size = tiny", "tiny-unet.size = small", "must be tiny or large"},
            {"tiny-unet.archive = ", "tiny-unet.archive = ../", "must be the name of a file"},
            {"tiny-unet.logits", "tiny-unet.other", "no tiny-unet.logits"},
            {"tiny-unet.items = \\", "tiny-unet.items = x \\", "'x' in tiny-unet.items is not a hash"},
            {"tiny-unet.encoded = \\", "tiny-unet.encoded =\nother = \\", "'' in tiny-unet.encoded is not a hash"},
            {"tiny-unet.logits = \\", "tiny-unet.logits = ab\nother = \\", "has 1 hashes, 7 are needed"},
            {"# What", "bad = \\uxyz\n", "golden.properties: "},
        }) {
            edit(change[0], change[1]);
            assertThatThrownBy(() -> run(dir, Extent.QUICK))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(change[2])
                    .hasMessageContaining(Golden.FILE);
            Files.writeString(dir.resolve(Golden.FILE), whole);
        }
        assertThatThrownBy(() -> run(dir.resolve("none"), Extent.QUICK)).hasMessageContaining("no such folder");
    }
}

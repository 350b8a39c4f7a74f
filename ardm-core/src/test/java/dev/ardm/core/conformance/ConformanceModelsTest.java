package dev.ardm.core.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ardm.core.archive.ItemArchive;
import dev.ardm.core.conformance.GoldenFamilies.Family;
import dev.ardm.core.family.Models;
import dev.ardm.core.masking.MaskingModel;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.SafeTensors.Type;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The committed tiny models are what their seeds give. With {@code -Dardm.golden.write=true} the files are written, as they were when
 * arithmetic version 1 was fixed; that must not be done again for this version.
 */
class ConformanceModelsTest {
    static final Path MODELS = Path.of(System.getProperty("basedir", ".")).resolve("../models");
    private static final String GOLDEN = "golden.ardm";
    private static final String HEAD = """
            # What the self-test expects of the models in this folder, in arithmetic version 1: for each model its id and the first
            # 16 digits of SHA-256 hashes of its logits for fixed inputs, of the streams of fixed items, and of the items of its archive.
            # Never to be changed: a different hash is a fault, or a new version with a list of its own.
            models = tiny-unet tiny-transformer tiny-causal tiny-contrast tiny-tree tiny-sequence mnist-unet
            archives = tiny-counts tiny-entries tiny-rows tiny-pixels tiny-pictures tiny-lines tiny-prediction
            """;

    /** A model that its seed gives, and how its weights are stored. */
    private record Tiny(String name, MaskingModel model, Type type) {}

    private static final List<Tiny> TINY = List.of(
            new Tiny("tiny-unet", ConformanceModels.unet(), Type.F16),
            new Tiny("tiny-transformer", ConformanceModels.transformer(), Type.F32),
            new Tiny("tiny-causal", ConformanceModels.causal(), Type.F16),
            new Tiny("tiny-contrast", ConformanceModels.contrast(), Type.F16),
            new Tiny("tiny-tree", ConformanceModels.tree(), Type.F16),
            new Tiny("tiny-sequence", ConformanceModels.sequence(), Type.F16));

    @TempDir
    Path dir;

    @Test
    void modelsAndArchivesComeFromTheirSeeds() throws IOException {
        boolean write = Boolean.getBoolean("ardm.golden.write");
        StringBuilder golden = new StringBuilder(HEAD);
        for (Tiny tiny : TINY) {
            Path committed = MODELS.resolve(tiny.name);
            Path folder = Files.createDirectories(write ? committed : dir.resolve(tiny.name));
            ConformanceModels.writeModel(tiny.model, tiny.type, folder.resolve("model.safetensors"));
            ConformanceModels.writeArchive(tiny.model, folder.resolve(GOLDEN));
            for (String file : List.of("model.safetensors", GOLDEN)) {
                assertThat(folder.resolve(file)).hasSameBinaryContentAs(committed.resolve(file));
            }
            if (write) {
                golden.append(ConformanceModels.hashes(tiny.name, tiny.model, committed.resolve(GOLDEN), false));
            }
        }
        if (write) {
            MaskingModel mnist = MaskingModel.of(Models.read(MODELS.resolve("mnist-unet/model.safetensors")));
            golden.append(
                    ConformanceModels.hashes("mnist-unet", mnist, MODELS.resolve("mnist-unet/golden-100.ardm"), true));
            for (Family family : GoldenFamilies.all()) {
                family.write(MODELS.resolve(family.name()));
                golden.append(GoldenFamilies.hashes(MODELS, family.name()));
            }
            golden.append(GoldenFamilies.hashes(MODELS, "tiny-prediction"));
            Files.writeString(MODELS.resolve(Golden.FILE), golden.toString());
        }
    }

    /** Of counts only decoding is fixed: a later program may choose and learn otherwise. */
    @Test
    void archivesOfCountsDecodeToWhatTheyWereMadeFrom() throws IOException {
        for (Family family : GoldenFamilies.all()) {
            Path folder = MODELS.resolve(family.name());
            LikelihoodModel model =
                    Models.read(folder.resolve("model.safetensors")).open(2);
            try (ItemArchive archive = ItemArchive.open(folder.resolve(GOLDEN), model)) {
                assertThat(archive.get(0, archive.size()).toArray())
                        .as(family.name())
                        .isEqualTo(family.items().toArray());
            }
        }
    }
}

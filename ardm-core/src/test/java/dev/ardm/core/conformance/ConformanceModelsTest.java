package dev.ardm.core.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ardm.core.family.Models;
import dev.ardm.core.masking.MaskingModel;
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
            models = tiny-unet tiny-transformer tiny-causal tiny-contrast mnist-unet
            """;

    @TempDir
    Path dir;

    private Path folder() {
        return Boolean.getBoolean("ardm.golden.write") ? MODELS : dir;
    }

    private void make(String name, MaskingModel model, Type type) throws IOException {
        Path folder = Files.createDirectories(folder().resolve(name));
        ConformanceModels.writeModel(model, type, folder.resolve("model.safetensors"));
        ConformanceModels.writeArchive(model, folder.resolve(GOLDEN));
        for (String file : List.of("model.safetensors", GOLDEN)) {
            assertThat(folder.resolve(file))
                    .hasSameBinaryContentAs(MODELS.resolve(name).resolve(file));
        }
    }

    @Test
    void modelsAndArchivesComeFromTheirSeeds() throws IOException {
        make("tiny-unet", ConformanceModels.unet(), Type.F16);
        make("tiny-transformer", ConformanceModels.transformer(), Type.F32);
        make("tiny-causal", ConformanceModels.causal(), Type.F16);
        make("tiny-contrast", ConformanceModels.contrast(), Type.F16);
        if (Boolean.getBoolean("ardm.golden.write")) {
            MaskingModel mnist = MaskingModel.of(Models.read(MODELS.resolve("mnist-unet/model.safetensors")));
            Files.writeString(
                    MODELS.resolve(Golden.FILE),
                    HEAD
                            + ConformanceModels.hashes(
                                    "tiny-unet",
                                    ConformanceModels.unet(),
                                    MODELS.resolve("tiny-unet").resolve(GOLDEN),
                                    false)
                            + ConformanceModels.hashes(
                                    "tiny-transformer",
                                    ConformanceModels.transformer(),
                                    MODELS.resolve("tiny-transformer").resolve(GOLDEN),
                                    false)
                            + ConformanceModels.hashes(
                                    "tiny-causal",
                                    ConformanceModels.causal(),
                                    MODELS.resolve("tiny-causal").resolve(GOLDEN),
                                    false)
                            + ConformanceModels.hashes(
                                    "tiny-contrast",
                                    ConformanceModels.contrast(),
                                    MODELS.resolve("tiny-contrast").resolve(GOLDEN),
                                    false)
                            + ConformanceModels.hashes(
                                    "mnist-unet", mnist, MODELS.resolve("mnist-unet/golden-100.ardm"), true));
        }
    }
}

package dev.ardm.core.masking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ardm.core.archive.ItemArchive;
import dev.ardm.core.family.Models;
import dev.ardm.core.model.LikelihoodModel;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/**
 * An archive of the first 100 test images of MNIST by a causal network that is a part of a pair, made once with arithmetic version 1. It
 * must decode for ever: if this test fails, the change is wrong, not the file.
 */
class GoldenPairTest {
    private static final Path FOLDER =
            Path.of(System.getProperty("basedir", ".")).resolve("../models/mnist");

    @Test
    void everyItemDecodesToTheImagesItWasMadeFrom() throws IOException, NoSuchAlgorithmException {
        LikelihoodModel model = Models.open(FOLDER.resolve("model.safetensors"), 2);
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        try (ItemArchive archive = ItemArchive.open(FOLDER.resolve("golden-100.ardm"), model)) {
            assertThat(archive.size()).isEqualTo(100);
            for (int k = 0; k < 100; k++) {
                for (int value : archive.get(k)) {
                    digest.update((byte) value);
                }
            }
        }
        assertThat(HexFormat.of().formatHex(digest.digest())).isEqualTo(GoldenArchiveTest.SHA_256_OF_PIXELS);
    }
}

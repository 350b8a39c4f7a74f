package dev.ardm.core.masking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.ardm.coding.internal.read.ArchiveReader;
import dev.ardm.core.family.Models;
import dev.ardm.core.masking.plan.MaskingPlan;
import dev.ardm.core.model.ArithmeticVersions;
import dev.ardm.exact.Kernels;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/**
 * An archive of the first 100 test images of MNIST, made once with arithmetic version 1. It must decode for ever: if this
 * test fails, the change is wrong, not the file.
 */
class GoldenArchiveTest {
    private static final Path FOLDER =
            Path.of(System.getProperty("basedir", ".")).resolve("../models/mnist-unet");
    static final String SHA_256_OF_PIXELS = "8a004a2f81a80f4866259cbb77cf37af89315036b298b250b4d45c24aaa92048";

    private final MaskingModel file;
    private final MaskingPlan plan;
    private final List<byte[]> streams = new ArrayList<>();

    GoldenArchiveTest() throws IOException {
        file = MaskingModel.of(Models.read(FOLDER.resolve("model.safetensors")));
        try (ArchiveReader reader = ArchiveReader.open(FOLDER.resolve("golden-100.ardm"))) {
            reader.header().requireModel(file.id());
            reader.header().requireArithmetic(ArithmeticVersions.NEWEST);
            plan = MaskingPlan.fromBytes(reader.header().plan(), reader.header().values());
            for (int k = 0; k < reader.size(); k++) {
                streams.add(reader.item(k).stream());
            }
            assertThat(reader.verify()).isEmpty();
        }
    }

    private List<int[]> decode(Kernels kernels, int threads, int from, int to) {
        return new ArdmModel(file, threads, kernels)
                .decode(streams.subList(from, to), plan, ArdmModel.NO_PROGRESS).stream()
                        .map(Optional::orElseThrow)
                        .toList();
    }

    @Test
    void everyItemDecodesToTheImagesItWasMadeFrom() throws IOException, NoSuchAlgorithmException {
        List<int[]> items = decode(Kernels.best(), 2, 0, streams.size());
        assertThat(items).hasSize(100);
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (int[] item : items) {
            for (int value : item) {
                digest.update((byte) value);
            }
        }
        assertThat(HexFormat.of().formatHex(digest.digest())).isEqualTo(SHA_256_OF_PIXELS);
    }

    @Test
    void theReferenceKernelsAgree() {
        assertThat(decode(Kernels.reference(), 1, 2, 3).get(0))
                .isEqualTo(decode(Kernels.best(), 1, 2, 3).get(0));
    }

    @Test
    void encodingGivesTheSameBytesAgain() {
        ArdmModel model = new ArdmModel(file, 1);
        List<byte[]> again = model.encode(decode(Kernels.best(), 1, 0, 4), plan, ArdmModel.NO_PROGRESS);
        for (int k = 0; k < again.size(); k++) {
            assertThat(again.get(k)).isEqualTo(streams.get(k));
        }
    }

    /** Runs where the data is there. */
    @Test
    void theImagesAreThoseOfMnist() throws IOException {
        Path test = FOLDER.resolve("../../../shared/data/mnist/t10k-images-idx3-ubyte.gz");
        assumeThat(Files.exists(test)).as("MNIST is not there: skipped").isTrue();
        byte[] pixels;
        try (InputStream in = new GZIPInputStream(Files.newInputStream(test))) {
            in.skipNBytes(16);
            pixels = in.readNBytes(10 * 784);
        }
        List<int[]> items = decode(Kernels.best(), 1, 0, 10);
        for (int i = 0; i < pixels.length; i++) {
            assertThat(items.get(i / 784)[i % 784]).isEqualTo(pixels[i] & 0xFF);
        }
    }
}

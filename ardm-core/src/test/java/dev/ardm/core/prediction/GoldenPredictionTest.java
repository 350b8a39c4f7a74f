package dev.ardm.core.prediction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ardm.coding.format.ItemLayout;
import dev.ardm.core.Item;
import dev.ardm.core.RandomStream;
import dev.ardm.core.RandomStream.Purpose;
import dev.ardm.core.Space;
import dev.ardm.core.archive.ItemArchive;
import dev.ardm.core.archive.ItemArchiveWriter;
import dev.ardm.core.family.Models;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.ModelFile;
import dev.ardm.core.model.SafeTensors.Type;
import dev.ardm.core.network.Layer;
import dev.ardm.core.network.Layer.Parameter;
import dev.ardm.core.network.Weights;
import dev.ardm.exact.Kernels;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An archive of small signals by a small model of two channels, made once with version 1 of the predictors. It must decode for ever: if
 * this test fails, the change is wrong, not the file. With {@code -Dardm.golden.write=true} the files are written; that must not be done
 * again for this version.
 */
class GoldenPredictionTest {
    private static final Path MODELS =
            Path.of(System.getProperty("basedir", ".")).resolve("../models/tiny-prediction");

    private static final String MODEL = "model.safetensors";
    private static final String ARCHIVE = "golden.ardm";

    @TempDir
    Path dir;

    private Path folder() {
        return Boolean.getBoolean("ardm.golden.write") ? MODELS : dir;
    }

    /** Random weights, made of integers only. */
    private static PredictionModel model() {
        PredictionNetwork network = new PredictionNetwork(12);
        Map<String, float[]> weights = new LinkedHashMap<>();
        for (Layer layer : network.layers()) {
            for (Parameter parameter : layer.parameters()) {
                RandomStream random = RandomStream.of(6, Purpose.TEST, weights.size());
                float[] values = new float[parameter.size()];
                for (int k = 0; k < values.length; k++) {
                    values[k] = (random.nextInt(513) - 256) / 2048f;
                }
                weights.put(parameter.name(), values);
            }
        }
        Space space = Space.of(new int[] {64}, 1 << 16, Space.Scale.ORDERED);
        return new PredictionModel(
                space, 2, network, new Weights(weights), new float[] {5, 1, 0, 0, 0, 0, 0, 0, 2}, "", Map.of());
    }

    /** Triangles and noise in two channels; steps of a power of two. */
    private static int[] signal(int length, int loudness, int unused, int seed) {
        RandomStream random = RandomStream.of(6, Purpose.TEST, 100 + seed);
        int[] values = new int[length];
        for (int k = 0; k < length; k++) {
            int phase = (k / 2 * (1500 + 700 * (k % 2)) + 9000 * seed) % 65536;
            int sample = (Math.abs(phase - 32768) - 16384) * loudness / 100 + random.nextInt(61) - 30;
            values[k] = (sample >> unused << unused) + 32768;
        }
        return values;
    }

    private static List<int[]> signals() {
        List<int[]> signals = new ArrayList<>();
        signals.add(signal(1500, 80, 0, 0));
        signals.add(signal(900, 3, 0, 1));
        signals.add(signal(700, 150, 8, 2));
        signals.add(signal(301, 199, 1, 3));
        signals.add(new int[0]);
        int[] silence = new int[400];
        Arrays.fill(silence, 32768);
        silence[380] = 65535;
        silence[381] = 0;
        signals.add(silence);
        return signals;
    }

    @Test
    void theArchiveComesFromItsSeeds() throws IOException {
        Path folder = Files.createDirectories(folder());
        PredictionModel model = model();
        try (OutputStream out = Files.newOutputStream(folder.resolve(MODEL))) {
            ModelFile.write(model, Type.F16, out);
        }
        LikelihoodModel open = model.open(2);
        try (ItemArchiveWriter writer =
                ItemArchiveWriter.create(folder.resolve(ARCHIVE), open, open.plan(1), ItemLayout.sequences(0, 32768))) {
            for (int[] signal : signals()) {
                writer.add(new Item("", signal, new byte[0]));
            }
            writer.commit();
        }
        for (String file : List.of(MODEL, ARCHIVE)) {
            assertThat(folder.resolve(file)).hasSameBinaryContentAs(MODELS.resolve(file));
        }
    }

    @Test
    void everyItemDecodesToTheSignalItWasMadeFrom() throws IOException {
        LikelihoodModel model = Models.read(MODELS.resolve(MODEL)).open(1, Kernels.reference());
        try (ItemArchive archive = ItemArchive.open(MODELS.resolve(ARCHIVE), model)) {
            assertThat(archive.get(0, (int) archive.size()).toArray())
                    .isEqualTo(signals().toArray());
        }
    }
}

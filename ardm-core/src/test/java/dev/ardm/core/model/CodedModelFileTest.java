package dev.ardm.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ardm.core.Space;
import dev.ardm.core.TinyModels;
import dev.ardm.core.family.Models;
import dev.ardm.core.masking.MaskingModel;
import dev.ardm.core.masking.plan.Schedule;
import dev.ardm.core.model.SafeTensors.Tensor;
import dev.ardm.core.model.SafeTensors.Type;
import dev.ardm.core.network.DilatedConfig;
import dev.ardm.core.network.Weights;
import dev.ardm.core.weights.WeightGrid;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Model files with coded weights, layout version 2. */
class CodedModelFileTest {
    private static final Space IMAGE = Space.image(4, 3, 1, 5);

    @TempDir
    Path folder;

    static Stream<MaskingModel> kinds() {
        return Stream.of(
                TinyModels.random(IMAGE, 1),
                TinyModels.transformer(IMAGE, 1),
                TinyModels.random(
                        Space.of(new int[] {12}, 5, Space.Scale.NOMINAL), new DilatedConfig(4, 8, 8, 3, 4, 0, 4), 1));
    }

    private static MaskingModel rounded(MaskingModel model, int divisor) {
        Weights weights = model.weights().map(values -> {
            float most = 0;
            for (float value : values) {
                most = Math.max(most, Math.abs(value));
            }
            return most == 0 ? values : WeightGrid.near(most / divisor).round(values);
        });
        return new MaskingModel(model.definition(), weights, Map.of(), Map.of("made", "in a test"));
    }

    private static byte[] plain(MaskingModel model, Type type) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ModelFile.write(model, type, out);
        return out.toByteArray();
    }

    private static byte[] coded(MaskingModel model) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ModelFile.writeCoded(model, out);
        return out.toByteArray();
    }

    private Path file(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("model.safetensors"), bytes);
    }

    private MaskingModel read(byte[] bytes) throws IOException {
        return MaskingModel.of(Models.read(file(bytes)));
    }

    /** Of any weights, rounded or not: the same model by its id, and the same file when it is read and written again. */
    @ParameterizedTest
    @MethodSource("kinds")
    void theIdIsThatOfTheValuesAsBinary32(MaskingModel model) throws IOException {
        for (MaskingModel each : List.of(model, rounded(model, 127), rounded(model, 7))) {
            byte[] file = coded(each);
            MaskingModel back = read(file);
            assertThat(back.id())
                    .isEqualTo(each.id())
                    .isEqualTo(read(plain(each, Type.F32)).id());
            for (String name : each.weights().names()) {
                assertThat(back.weights().get(name)).isEqualTo(each.weights().get(name));
            }
            assertThat(back.provenance()).isEqualTo(each.provenance());
            assertThat(coded(back)).isEqualTo(file);
            assertThat(ModelFile.statedId(file(file))).contains(each.idText());
        }
    }

    /** Seven bits a weight and less, and no header for each tensor. */
    @ParameterizedTest
    @MethodSource("kinds")
    void integersTakeFewBytes(MaskingModel model) throws IOException {
        long weights = model.network().parameterCount();
        assertThat(coded(rounded(model, 31)).length).isLessThan((int) (weights * 7 / 8 + 1000));
        assertThat(coded(rounded(model, 3)).length).isLessThan((int) (weights * 4 / 8 + 1000));
    }

    @Test
    void aRewriteKeepsThemAsTheyAre() throws IOException {
        MaskingModel model = rounded(TinyModels.random(IMAGE, 1), 15);
        Path original = Files.write(folder.resolve("original"), coded(model));
        Path rewritten = folder.resolve("rewritten");
        try (OutputStream out = Files.newOutputStream(rewritten)) {
            ModelFile.rewrite(original, model.withSchedules(Map.of(3, Schedule.even(12, 3))), out);
        }
        MaskingModel back = MaskingModel.of(Models.read(rewritten));
        assertThat(back.id()).isEqualTo(model.id());
        assertThat(back.schedules()).containsOnlyKeys(3);
        assertThat(weights(SafeTensors.read(rewritten))).isEqualTo(weights(SafeTensors.read(original)));
    }

    private static byte[] weights(SafeTensors file) {
        return file.tensors().get("weights").bytes();
    }

    private static byte[] with(byte[] file, Path folder, byte[] weights, String version) throws IOException {
        SafeTensors tensors = SafeTensors.read(Files.write(folder.resolve("sound"), file));
        Map<String, String> metadata = new LinkedHashMap<>(tensors.metadata());
        metadata.put("version", version);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new SafeTensors(metadata, Map.of("weights", Tensor.of(weights))).write(out);
        return out.toByteArray();
    }

    @Test
    void damageIsRefusedByName() throws IOException {
        byte[] sound = coded(rounded(TinyModels.random(IMAGE, 1), 15));
        byte[] weights = weights(SafeTensors.read(file(sound)));
        assertThat(read(with(sound, folder, weights, "2")).idText()).isNotEmpty();
        for (int bit = 0; bit < 8 * weights.length; bit += 37) {
            byte[] damaged = weights.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            requireRefused(with(sound, folder, damaged, "2"), "model.safetensors: not a usable model file");
        }
        requireRefused(with(sound, folder, Arrays.copyOf(weights, weights.length - 1), "2"), "cut off");
        requireRefused(with(sound, folder, Arrays.copyOf(weights, weights.length + 1), "2"), "left over");
        requireRefused(with(sound, folder, new byte[0], "2"), "tensor in.value.weight: the weights are cut off");
        requireRefused(with(sound, folder, weights, "1"), "layout version '1' with coded weights");
        requireRefused(with(sound, folder, weights, "3"), "layout version '3' with coded weights");
    }

    /** A network of the definition's sizes is not allocated before bytes are there that can be its weights. */
    @Test
    void aHugeNetworkOfFewBytesIsRefused() throws IOException {
        byte[] sound = coded(rounded(TinyModels.transformer(IMAGE, 1), 15));
        SafeTensors tensors = SafeTensors.read(file(sound));
        Map<String, String> metadata = new LinkedHashMap<>(tensors.metadata());
        String definition = metadata.getOrDefault("definition", "");
        assertThat(definition).contains("\"hidden\":20");
        metadata.put("definition", definition.replace("\"hidden\":20", "\"hidden\":16384"));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new SafeTensors(metadata, tensors.tensors()).write(out);
        requireRefused(out.toByteArray(), "cannot hold a tensor of so many weights");
    }

    private void requireRefused(byte[] bytes, String said) {
        assertThatThrownBy(() -> read(bytes))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining(said);
    }

    @Test
    void weightsThatAreNotFiniteAreRefused() {
        MaskingModel model = TinyModels.random(IMAGE, 1);
        for (float bad : new float[] {Float.NaN, Float.NEGATIVE_INFINITY}) {
            Weights weights = model.weights().map(values -> {
                float[] changed = values.clone();
                changed[0] = bad;
                return changed;
            });
            assertThatThrownBy(() -> coded(new MaskingModel(model.definition(), weights, Map.of(), Map.of())))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("tensor in.value.weight: value " + bad);
        }
    }
}

package dev.ardm.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ardm.core.Space;
import dev.ardm.core.TinyModels;
import dev.ardm.core.family.Models;
import dev.ardm.core.masking.MaskingDefinition;
import dev.ardm.core.masking.MaskingModel;
import dev.ardm.core.masking.plan.LossComponentEstimator;
import dev.ardm.core.masking.plan.LossComponents;
import dev.ardm.core.masking.plan.Schedule;
import dev.ardm.core.model.SafeTensors.Type;
import dev.ardm.core.network.TransformerConfig;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ModelFileTest {
    private static final Space SPACE = Space.image(4, 3, 1, 5);

    @TempDir
    Path folder;

    private final MaskingModel model = TinyModels.random(SPACE, 1).withSchedules(Map.of(3, Schedule.even(12, 3)));

    private static byte[] bytes(MaskingModel model, Type type) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ModelFile.write(model, type, out);
        return out.toByteArray();
    }

    private MaskingModel read(byte[] bytes) throws IOException {
        Path path = folder.resolve("model.safetensors");
        Files.write(path, bytes);
        return MaskingModel.of(Models.read(path));
    }

    static Stream<MaskingModel> kinds() {
        return Stream.of(
                TinyModels.random(SPACE, 1),
                TinyModels.transformer(SPACE, 1),
                TinyModels.random(
                        Space.of(new int[] {12}, 5, Space.Scale.NOMINAL),
                        new TransformerConfig(1, 8, 1, 8, 0, 0.25),
                        1));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void comesBack(MaskingModel unplanned) throws IOException {
        MaskingModel model = unplanned.withSchedules(Map.of(3, Schedule.even(12, 3)));
        MaskingModel back = read(bytes(model, Type.F32));
        assertThat(back.id()).isEqualTo(model.id());
        assertThat(back.space()).isEqualTo(model.space());
        assertThat(back.config()).isEqualTo(model.config());
        assertThat(back.schedules()).isEqualTo(model.schedules());
        assertThat(back.provenance()).containsEntry("made", "in a test");
        for (String name : model.weights().names()) {
            assertThat(back.weights().get(name)).isEqualTo(model.weights().get(name));
        }
    }

    /** Ids are computed over these texts: a change of one character makes every model there is another one. */
    @Test
    void definitionsStayAsTheyAre() {
        assertThat(MaskingDefinition.of(SPACE, TinyModels.config()).json())
                .isEqualTo("{\"arithmetic\":1,\"process\":\"order-agnostic\","
                        + "\"space\":{\"shape\":[4,3,1],\"categories\":[5],\"scale\":\"ordered\"},"
                        + "\"network\":{\"kind\":\"unet\",\"channels\":[8,16],\"blocks_down\":[1,1],"
                        + "\"blocks_up\":[1],\"attention\":[false,true],\"heads\":2,\"groups\":4,\"embedding\":4,"
                        + "\"time\":8,\"head\":16,\"dropout\":0.0}}");
        assertThat(MaskingDefinition.of(
                                Space.of(new int[] {12}, 5, Space.Scale.NOMINAL),
                                new TransformerConfig(1, 8, 2, 16, 4, 0.25))
                        .json())
                .isEqualTo("{\"arithmetic\":1,\"process\":\"order-agnostic\","
                        + "\"space\":{\"shape\":[12],\"categories\":[5],\"scale\":\"nominal\"},"
                        + "\"network\":{\"kind\":\"transformer\",\"layers\":1,\"width\":8,\"heads\":2,"
                        + "\"hidden\":16,\"time\":4,\"dropout\":0.25}}");
    }

    @Test
    void halvesAreExactOnceRounded() throws IOException {
        assertThatThrownBy(() -> bytes(model, Type.F16)).hasMessageContaining("rounded to F16 before");
        MaskingModel rounded =
                new MaskingModel(SPACE, model.config(), model.weights().map(Type.F16::round), Map.of(), Map.of());
        byte[] small = bytes(rounded, Type.F16);
        assertThat(read(small).id()).isEqualTo(rounded.id());
        assertThat(small.length).isLessThan(bytes(rounded, Type.F32).length);
    }

    @Test
    void theIdDependsOnWhatDeterminesDecodingOnly() throws IOException {
        assertThat(model.withProvenance(Map.of("a", "b")).id()).isEqualTo(model.id());
        assertThat(model.withSchedules(Map.of()).id()).isEqualTo(model.id());
        assertThat(TinyModels.random(SPACE, 2).id()).isNotEqualTo(model.id());
        assertThat(TinyModels.random(Space.image(3, 4, 1, 5), 1).id()).isNotEqualTo(model.id());
    }

    @Test
    void theIdIsFoundInTheHeaderAlone() throws IOException {
        byte[] all = bytes(model, Type.F32);
        int header =
                8 + (int) ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN).getLong();
        Path path = folder.resolve("model.safetensors");
        Files.write(path, Arrays.copyOf(all, header));
        assertThat(ModelFile.statedId(path)).contains(model.idText());
        for (int length = 0; length < header; length += 1 + length / 50) {
            Files.write(path, Arrays.copyOf(all, length));
            assertThatThrownBy(() -> ModelFile.statedId(path))
                    .isInstanceOf(ModelFileException.class)
                    .hasMessageContaining("model.safetensors");
        }
        String other = new String(all, StandardCharsets.ISO_8859_1).replace("ardm-model", "that-model");
        Files.write(path, other.getBytes(StandardCharsets.ISO_8859_1));
        assertThat(ModelFile.statedId(path)).isEmpty();
    }

    @Test
    void everyTruncationIsRefusedByName() throws IOException {
        byte[] all = bytes(model, Type.F32);
        for (int length = 0; length < all.length; length += 1 + length / 50) {
            byte[] cut = Arrays.copyOf(all, length);
            assertThatThrownBy(() -> read(cut))
                    .isInstanceOf(ModelFileException.class)
                    .hasMessageContaining("model.safetensors");
        }
    }

    @Test
    void everyFlippedByteIsRefusedOrHarmless() throws IOException {
        byte[] all = bytes(model, Type.F32);
        for (int at = 0; at < all.length; at += 1 + at / 200) {
            byte[] flipped = all.clone();
            flipped[at] ^= 0x11;
            try {
                assertThat(read(flipped).id()).as("byte %d", at).isEqualTo(model.id());
            } catch (ModelFileException e) {
                assertThat(e).hasMessageContaining("model.safetensors");
            }
        }
    }

    @Test
    void aModelIsReadFromAStream() throws IOException {
        byte[] all = bytes(model, Type.F32);
        assertThat(Models.read(new ByteArrayInputStream(all)).idText()).isEqualTo(model.idText());
        assertThatThrownBy(() -> Models.read(new ByteArrayInputStream(all, 0, all.length - 1)))
                .isInstanceOf(ModelFileException.class)
                .hasMessageStartingWith("the model: not a usable model file");
    }

    @Test
    void whatIsNoModelIsNamed() throws IOException {
        Path path = folder.resolve("x");
        for (var wrong : Map.of(
                        "", "empty", "\u008FARDM\r\n\u001A and more", "an ardm archive", "id,name\n1,2\n", "text")
                .entrySet()) {
            Files.write(path, wrong.getKey().getBytes(StandardCharsets.ISO_8859_1));
            for (ThrowingCallable opening : List.<ThrowingCallable>of(
                    () -> Models.read(path),
                    () -> ModelFile.statedId(path),
                    () -> Models.read(Files.newInputStream(path)))) {
                assertThatThrownBy(opening)
                        .isInstanceOf(ModelFileException.class)
                        .hasMessageEndingWith(": not a usable model file (byte 0): not a safetensors file, it is "
                                + wrong.getValue());
            }
        }
    }

    @Test
    void saysWhatIsWrong() throws IOException {
        assertThatThrownBy(() -> MaskingModel.of(Models.read(folder.resolve("none"))))
                .isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> MaskingModel.of(Models.read(folder))).hasMessageContaining("folder");
        assertThatThrownBy(() -> read("hello, I am no model at all".getBytes(StandardCharsets.UTF_8)))
                .hasMessageContaining("not a safetensors file");
        String text = new String(bytes(model, Type.F32), StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> read(
                        text.replace("\"version\":\"1\"", "\"version\":\"2\"").getBytes(StandardCharsets.ISO_8859_1)))
                .hasMessageContaining("version '2'");
        assertThatThrownBy(() ->
                        read(text.replace("\"ardm-model\"", "\"xrdm-model\"").getBytes(StandardCharsets.ISO_8859_1)))
                .hasMessageContaining("ardm-model");
        assertThatThrownBy(() -> read(
                        text.replace("arithmetic\\\":1", "arithmetic\\\":9").getBytes(StandardCharsets.ISO_8859_1)))
                .hasMessageContaining("the model needs arithmetic version 9, this program knows 1");
        assertThatThrownBy(() -> read(
                        text.replace("kind\\\":\\\"unet", "kind\\\":\\\"inet").getBytes(StandardCharsets.ISO_8859_1)))
                .hasMessageContaining("network 'inet' is not known");
        assertThatThrownBy(() -> read(text.replace("kind\\\":\\\"unet", "kind\\\":\\\"transformer")
                        .replace("blocks_down", "bloc")
                        .getBytes(StandardCharsets.ISO_8859_1)))
                .hasMessageContaining("layers must be in [1, 256], got 0");
    }

    @Test
    void saysWhatIsWrongWithATransformer() throws IOException {
        String text = new String(bytes(TinyModels.transformer(SPACE, 1), Type.F32), StandardCharsets.ISO_8859_1);
        for (String[] change : new String[][] {
            {"layers\\\":2", "layers\\\":0", "layers must be"},
            {"layers\\\":2", "layers\\\":3", "tensor block2.norm1.weight is missing"},
            {"layers\\\":2", "layers\\\":1", "the id of its content"},
            {"heads\\\":3", "heads\\\":5", "width must be"},
            {"heads\\\":3", "heads\\\":0", "width must be"},
            {"heads\\\":3", "heads\\\":4", "the id of its content"},
            {"hidden\\\":20", "hidden\\\":21", "tensor block0.mlp.0.weight has another shape"},
            {"time\\\":6", "time\\\":5", "time must be"},
            {"time\\\":6", "tame\\\":6", "time must be"},
            {"time\\\":6", "time\\\":0", "the id of its content"},
            {"categories\\\":[5]", "categories\\\":[9]", "tensor in.embedding.weight has another shape"},
            {"shape\\\":[4,3,1]", "shape\\\":[4,2,1]", "tensor in.position.weight has another shape"},
            {"shape\\\":[4,3,1]", "shape\\\":[4,3,2]", "tensor in.position.weight has another shape"},
        }) {
            assertThat(text).contains(change[0]);
            assertThatThrownBy(() -> read(text.replace(change[0], change[1]).getBytes(StandardCharsets.ISO_8859_1)))
                    .as(change[1])
                    .isInstanceOf(ModelFileException.class)
                    .hasMessageContaining("model.safetensors")
                    .hasMessageContaining(change[2]);
        }
    }

    /** A reader that takes the last of two members, or the first, would read another model than other programs do. */
    @Test
    void whatIsNamedTwiceIsRefused() throws IOException {
        String text = new String(bytes(model, Type.F32), StandardCharsets.ISO_8859_1);
        String bias = text.substring(text.indexOf("\"head.out.bias\":{"));
        bias = bias.substring(0, bias.indexOf('}') + 1);
        for (String[] change : new String[][] {
            {bias, bias + "," + bias, "head.out.bias"},
            {"\"version\":\"1\"", "\"version\":\"1\",\"version\":\"1\"", "version"},
            {"\\\"arithmetic\\\":1", "\\\"arithmetic\\\":1,\\\"arithmetic\\\":1", "arithmetic"},
            {"{\\\"3\\\":[0,4,8]", "{\\\"3\\\":[0,4,8],\\\"3\\\":[0,4,8]", "Duplicate", "\"3\""},
            {"{\\\"made\\\":", "{\\\"made\\\":\\\"x\\\",\\\"made\\\":", "made"},
        }) {
            requireRefused(text, change);
        }
    }

    @Test
    void schedulesThatAreNoSchedulesAreRefusedByName() throws IOException {
        String text = new String(bytes(model, Type.F32), StandardCharsets.ISO_8859_1);
        String good = "{\\\"3\\\":[0,4,8]}";
        for (String[] change : new String[][] {
            {"{\\\"-1\\\":[0,4,8]}", "schedule of '-1' calls"},
            {"{\\\"0\\\":[0,4,8]}", "schedule of '0' calls"},
            {"{\\\"03\\\":[0,4,8]}", "schedule of '03' calls"},
            {"{\\\"x\\\":[0,4,8]}", "schedule of 'x' calls"},
            {"[[0,4,8]]", "schedules is not an object"},
            {"{\\\"3\\\":{}}", "the schedule of 3 calls is not an array"},
            {"{\\\"3\\\":[0,2.5,8]}", "the schedule of 3 calls has 2.5 among its integers"},
            {"{\\\"3\\\":[0,4,8e0]}", "has 8.0 among its integers"},
            {"{\\\"3\\\":[0,4,9999999999]}", "has 9999999999 among its integers"},
            {"{\\\"3\\\":[0,4,\\\"8\\\"]}", "has \"8\" among its integers"},
            {"{\\\"2\\\":[0,4,8]}", "the schedule of 2 calls takes 3"},
            {"{\\\"3\\\":[0,4,12]}", "before step 12"},
            {"{\\\"3\\\":[0,4,4]}", "must increase"},
        }) {
            requireRefused(text, good, change[0], change[1]);
        }
        // Fewer calls than the budget are fine: they were found to cost no more.
        assertThat(read(text.replace(good, "{\\\"4\\\":[0,4,8]}").getBytes(StandardCharsets.ISO_8859_1))
                        .schedules())
                .containsOnlyKeys(4);
    }

    /** What is read as something else than it is would be lost when the file is rewritten, or be another model elsewhere. */
    @Test
    void whatIsNotUnderstoodIsRefused() throws IOException {
        String text = new String(bytes(model.withLossComponents(curve()), Type.F32), StandardCharsets.ISO_8859_1);
        for (String[] change : new String[][] {
            {"\\\"arithmetic\\\":1,", "\\\"arithmetic\\\":1,\\\"later\\\":7,", "from character 17 on", "later\":7"},
            {"\\\"head\\\":16", "\\\"head\\\":32,\\\"gated\\\":true", "not what this program writes: gated\":true"},
            {"\\\"heads\\\":2", "\\\"heads\\\":2.5", "not what this program writes", ".5"},
            {"\\\"categories\\\":[5]", "\\\"categories\\\":[5.5]", "categories has 5.5"},
            {"\\\"made\\\":\\\"in a test\\\"", "\\\"made\\\":[2026]", "provenance made is not a string"},
            {"\\\"stages\\\":1,\\\"steps", "\\\"more\\\":1,\\\"stages\\\":1,\\\"steps", "unknown member more"},
            {"\\\"stages\\\":1,", "\\\"stages\\\":1.5,", "0 stages"},
            {"\\\"counts\\\":[5,", "\\\"counts\\\":[5.5,", "counts has 5.5"},
            {"\\\"standard_errors\\\":[", "\\\"standard_errors\\\":[\\\"a\\\",", "has \"a\" among its numbers"},
            {"\"dtype\":\"F32\"", "\"layout\":1,\"dtype\":\"F32\"", "unknown member layout"},
            {"\"data_offsets\":[0,", "\"data_offsets\":[0.5,", "offsets that do not fit"},
        }) {
            requireRefused(text, change);
        }
    }

    /** Refuses a file in whose header the first text is replaced by the second, and says what follows. */
    private void requireRefused(String file, String... change) {
        assertThat(file).contains(change[0]);
        byte[] changed = withHeader(file, header -> {
            int at = header.indexOf(change[0]);
            return header.substring(0, at) + change[1] + header.substring(at + change[0].length());
        });
        for (String said : Arrays.asList(change).subList(2, change.length)) {
            assertThatThrownBy(() -> read(changed))
                    .as(change[1])
                    .isInstanceOf(ModelFileException.class)
                    .hasMessageContaining("model.safetensors")
                    .hasMessageContaining(said);
        }
    }

    private static byte[] withHeader(String file, UnaryOperator<String> change) {
        byte[] all = file.getBytes(StandardCharsets.ISO_8859_1);
        int length = (int) ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN).getLong();
        byte[] header = change.apply(file.substring(8, 8 + length)).getBytes(StandardCharsets.ISO_8859_1);
        return ByteBuffer.allocate(all.length + header.length - length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(header.length)
                .put(header)
                .put(all, 8 + length, all.length - 8 - length)
                .array();
    }

    private static LossComponents curve() {
        LossComponentEstimator estimator = new LossComponentEstimator(1, 12);
        for (int item = 0; item < 5; item++) {
            for (int step : new int[] {0, 1, 4, 11}) {
                estimator.observe(item, step, 1 / (1.0 + step) + Math.sqrt(item) / 7);
            }
        }
        return estimator.estimate();
    }

    @Test
    void lossComponentsComeBackAndAreNoPartOfTheId() throws IOException {
        double[] known = {9, 8, 7, 6, 5, 4, 3.3, 2, 1, 0.1, 0, 0};
        for (LossComponents curve : List.of(curve(), LossComponents.of(1, known))) {
            MaskingModel measured = model.withLossComponents(curve);
            assertThat(measured.id()).isEqualTo(model.id());
            assertThat(read(bytes(measured, Type.F32)).lossComponents()).contains(curve);
            assertThat(measured.withSchedules(Map.of()).withProvenance(Map.of()).lossComponents())
                    .contains(curve);
        }
        assertThat(read(bytes(model, Type.F32)).lossComponents()).isEmpty();
        assertThatThrownBy(() -> model.withLossComponents(LossComponents.of(2, known)))
                .hasMessageContaining("12 steps in 2 stages for 12 steps in 1");
        String text = new String(bytes(model.withLossComponents(curve()), Type.F32), StandardCharsets.ISO_8859_1);
        for (String[] change : new String[][] {
            {"steps\\\":[0,1,4,11]", "steps\\\":[0,1,4,12]", "steps must increase"},
            {"steps\\\":[0,1,4,11]", "steps\\\":[0,1,1,11]", "steps must increase"},
            {"counts\\\":[5,5,5,5]", "counts\\\":[5,5,-5] ", "and 3 counts"},
            {"stages\\\":1,\\\"steps", "stages\\\":5,\\\"steps", "5 stages for 12 steps"},
        }) {
            assertThat(text).contains(change[0]);
            assertThatThrownBy(() -> read(text.replace(change[0], change[1]).getBytes(StandardCharsets.ISO_8859_1)))
                    .as(change[1])
                    .isInstanceOf(ModelFileException.class)
                    .hasMessageContaining(change[2]);
        }
    }

    @Test
    void aRewriteKeepsValuesTypesAndUnknownEntries() throws IOException {
        MaskingModel rounded =
                new MaskingModel(SPACE, model.config(), model.weights().map(Type.F16::round), Map.of(), Map.of());
        Path original = folder.resolve("original");
        Files.write(original, bytes(rounded.withLossComponents(curve()), Type.F16));
        SafeTensors before = SafeTensors.read(original);
        before.metadata().put("note", "from a later program");
        Map<String, SafeTensors.Tensor> mixed = new LinkedHashMap<>(before.tensors());
        String first = mixed.keySet().iterator().next();
        SafeTensors.Tensor tensor = mixed.get(first);
        mixed.put(first, new SafeTensors.Tensor(tensor.shape(), tensor.values(), Type.F32));
        try (OutputStream out = Files.newOutputStream(original)) {
            new SafeTensors(before.metadata(), mixed).write(out);
        }
        Path rewritten = folder.resolve("rewritten");
        try (OutputStream out = Files.newOutputStream(rewritten)) {
            ModelFile.rewrite(original, rounded.withSchedules(Map.of(3, Schedule.even(12, 3))), out);
        }
        SafeTensors after = SafeTensors.read(rewritten);
        assertThat(after.metadata())
                .containsEntry("note", "from a later program")
                .doesNotContainKey("loss_components");
        assertThat(after.tensors().keySet()).containsExactlyElementsOf(mixed.keySet());
        mixed.forEach((name, expected) -> {
            assertThat(after.tensors().get(name).type()).isEqualTo(expected.type());
            assertThat(after.tensors().get(name).values()).isEqualTo(expected.values());
        });
        assertThat(MaskingModel.of(Models.read(rewritten)).schedules()).containsOnlyKeys(3);
        assertThatThrownBy(
                        () -> ModelFile.rewrite(original, TinyModels.random(SPACE, 9), OutputStream.nullOutputStream()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("original: holds the model");
    }

    /** Thousands of tensors that claim the same bytes would be a thousand times the file: nothing is allocated for them. */
    @Test
    void overlappingTensorsAreRefusedBeforeTheyAreRead() throws IOException {
        int values = 1 << 20;
        String tensors = IntStream.range(0, 5000)
                .mapToObj(i -> "\"t" + i + "\":{\"dtype\":\"F16\",\"shape\":[" + values + "],\"data_offsets\":[0,"
                        + 2 * values + "]}")
                .collect(Collectors.joining(",", "{", "}"));
        byte[] text = tensors.getBytes(StandardCharsets.US_ASCII);
        byte[] file = ByteBuffer.allocate(8 + text.length + 2 * values)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(text.length)
                .put(text)
                .array();
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining("the tensors do not tile the data");
    }
}

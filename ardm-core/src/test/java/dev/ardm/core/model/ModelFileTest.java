package dev.ardm.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ardm.core.Space;
import dev.ardm.core.TinyModels;
import dev.ardm.core.model.SafeTensors.Type;
import dev.ardm.core.plan.Schedule;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFileTest {
    private static final Space SPACE = Space.image(4, 3, 1, 5);

    @TempDir
    Path folder;

    private final Model model = TinyModels.random(SPACE, 1).withSchedules(Map.of(3, Schedule.even(12, 3)));

    private static byte[] bytes(Model model, Type type) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ModelFile.write(model, type, out);
        return out.toByteArray();
    }

    private Model read(byte[] bytes) throws IOException {
        Path path = folder.resolve("model.safetensors");
        Files.write(path, bytes);
        return ModelFile.read(path);
    }

    @Test
    void comesBack() throws IOException {
        Model back = read(bytes(model, Type.F32));
        assertThat(back.id()).isEqualTo(model.id());
        assertThat(back.space()).isEqualTo(SPACE);
        assertThat(back.config()).isEqualTo(model.config());
        assertThat(back.schedules()).isEqualTo(model.schedules());
        assertThat(back.provenance()).containsEntry("made", "in a test");
        for (String name : model.weights().names()) {
            assertThat(back.weights().get(name)).isEqualTo(model.weights().get(name));
        }
    }

    @Test
    void halvesAreExactOnceRounded() throws IOException {
        assertThatThrownBy(() -> bytes(model, Type.F16)).hasMessageContaining("rounded before");
        Model rounded =
                new Model(SPACE, model.config(), ModelFile.rounded(model.weights(), Type.F16), Map.of(), Map.of());
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
    void saysWhatIsWrong() throws IOException {
        assertThatThrownBy(() -> ModelFile.read(folder.resolve("none"))).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> ModelFile.read(folder)).hasMessageContaining("folder");
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
                .hasMessageContaining("arithmetic version 9");
    }
}

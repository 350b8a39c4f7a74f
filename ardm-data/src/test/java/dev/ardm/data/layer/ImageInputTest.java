package dev.ardm.data.layer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ardm.core.Item;
import dev.ardm.core.Space;
import dev.ardm.data.ItemCursor;
import dev.ardm.data.items.ImageFileList;
import dev.ardm.data.layer.ImageFileCodec.Kept;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageInputTest {
    private static final Space SPACE = Space.image(8, 8, 1, 256);

    @TempDir
    Path dir;

    /** Whoever codes an item may store its file instead. */
    @Test
    void everyItemCanAlsoBeItsFile() throws Exception {
        Path folder = Files.createDirectory(dir.resolve("folder"));
        Files.writeString(folder.resolve("a.pgm"), "P2 2 1 255 7 8");
        Files.writeString(folder.resolve("b.pgm"), "P2 2 1 255 7 8 # said");
        ImageFileList files = Objects.requireNonNull(ImageFileList.of(List.of(folder), dir.resolve("target")));
        ImageFileCodec codec = new ImageFileCodec(1, Kept.METADATA);
        try (ImageInput input = new ImageInput(
                        files, SPACE, Kept.METADATA, ImageInput.layout(SPACE), dir.resolve("target"), "");
                ItemCursor cursor = input.cursor()) {
            assertThat(cursor.whole()).isNull();
            Item pixels = Objects.requireNonNull(cursor.next());
            assertThat(pixels.name()).isEqualTo("a.png");
            assertThat(pixels.values()).containsExactly(7, 8);
            Item whole = Objects.requireNonNull(cursor.whole());
            assertThat(whole.name()).isEqualTo("a.pgm");
            assertThat(whole.modified()).isEqualTo(pixels.modified());
            assertThat(codec.decode(whole)).isEqualTo(Files.readAllBytes(folder.resolve("a.pgm")));
            Item second = Objects.requireNonNull(cursor.next());
            assertThat(second.name()).isEqualTo("b.pgm");
            assertThat(codec.decode(second)).isEqualTo(Files.readAllBytes(folder.resolve("b.pgm")));
            assertThat(cursor.whole()).isSameAs(second);
            assertThat(cursor.remarks().files().keySet())
                    .containsExactly("stored whole, without the model (with a comment)");
            assertThat(cursor.next()).isNull();
            assertThat(cursor.whole()).isNull();
        }
    }
}

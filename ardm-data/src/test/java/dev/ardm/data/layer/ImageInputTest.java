package dev.ardm.data.layer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ardm.core.Item;
import dev.ardm.core.Space;
import dev.ardm.data.ItemCursor;
import dev.ardm.data.items.ImageFileList;
import dev.ardm.data.layer.ImageFileCodec.Kept;
import dev.ardm.data.png.PngFile;
import java.io.IOException;
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

    private Path folder() throws IOException {
        Path folder = Files.createDirectory(dir.resolve("folder"));
        Files.writeString(folder.resolve("a.pgm"), "P2 2 1 255 7 8");
        Files.writeString(folder.resolve("b.pgm"), "P2 2 1 255 7 8 # said");
        return folder;
    }

    private ImageInput input(Path folder, Kept kept) throws IOException {
        Path target = dir.resolve("target");
        ImageFileList files = Objects.requireNonNull(ImageFileList.of(List.of(folder), target));
        return new ImageInput(files, SPACE, kept, ImageInput.layout(SPACE), target, "");
    }

    /** An archive may keep the file instead of the pixels, under the name of the file. */
    @Test
    void everyItemComesWithItsFile() throws Exception {
        Path folder = folder();
        try (ImageInput input = input(folder, Kept.METADATA);
                ItemCursor cursor = input.cursor()) {
            Item pixels = Objects.requireNonNull(cursor.next());
            assertThat(pixels.name()).isEqualTo("a.png");
            assertThat(pixels.values()).containsExactly(7, 8);
            assertThat(pixels.isWhole()).isFalse();
            Item.Source file = Objects.requireNonNull(pixels.source());
            assertThat(file.name()).isEqualTo("a.pgm");
            assertThat(file.bytes()).isEqualTo(Files.readAllBytes(folder.resolve("a.pgm")));
            Item second = Objects.requireNonNull(cursor.next());
            assertThat(second.isWhole()).isTrue();
            assertThat(second.name()).isEqualTo("b.pgm");
            assertThat(second.modified())
                    .hasValue(Files.getLastModifiedTime(folder.resolve("b.pgm")).toMillis());
            assertThat(Objects.requireNonNull(second.source()).name()).isEqualTo("b.pgm");
            assertThat(new ImageFileCodec(1, Kept.METADATA).decode(second))
                    .isEqualTo(Files.readAllBytes(folder.resolve("b.pgm")));
            assertThat(cursor.remarks().files().keySet())
                    .containsExactly("kept whole, without the model (with a comment)");
            assertThat(cursor.next()).isNull();
        }
    }

    /** Where metadata is not wanted, the file is not either; where pixels are only looked at, nothing is. */
    @Test
    void noFileComesWhereMetadataIsNotWanted() throws Exception {
        Path folder = folder();
        try (ImageInput input = input(folder, Kept.PIXELS);
                ItemCursor cursor = input.cursor()) {
            for (String name : List.of("a.png", "b.png")) {
                Item.Source png = Objects.requireNonNull(cursor.next()).source();
                assertThat(Objects.requireNonNull(png).name()).isEqualTo(name);
                assertThat(PngFile.read(png.bytes(), name).image().samples()).containsExactly(7, 8);
            }
        }
        for (Kept kept : List.of(Kept.MEASURED, Kept.COLOURS)) {
            try (ImageInput input = input(folder, kept);
                    ItemCursor cursor = input.cursor()) {
                assertThat(Objects.requireNonNull(cursor.next()).source()).isNull();
                assertThat(Objects.requireNonNull(cursor.next()).source()).isNull();
            }
        }
    }
}

package dev.ardm.data.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ardm.core.Item;
import dev.ardm.data.ItemCursor;
import dev.ardm.data.ItemWriter;
import dev.ardm.data.registry.DataFormats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What the tests of formats share. */
public final class RoundTrips {
    private RoundTrips() {}

    /** A format that was fitted, written as JSON and read again. */
    public static DataFormat fitted(String kind, Map<String, String> options, Path... paths) throws IOException {
        DataFormat fitted = DataFormats.fit(kind, List.of(paths), options);
        DataFormat read = reread(fitted);
        assertThat(read.definition()).isEqualTo(fitted.definition());
        assertThat(read.space()).isEqualTo(fitted.space());
        assertThat(read.kind()).isEqualTo(fitted.kind());
        return read;
    }

    static DataFormat reread(DataFormat format) throws IOException {
        return DataFormats.of(format.definition(), format.space());
    }

    public static List<Item> items(DataFormat format, Path... paths) throws IOException {
        List<Item> items = new ArrayList<>();
        try (ItemCursor cursor = format.cursor(List.of(paths))) {
            for (Item item = cursor.next(); item != null; item = cursor.next()) {
                int categories = format.space().maxCategories();
                assertThat(Arrays.stream(item.values()).allMatch(value -> value >= 0 && value < categories))
                        .isTrue();
                items.add(item);
            }
        }
        return items;
    }

    public static void write(DataFormat format, Path target, List<Item> items) throws IOException {
        try (ItemWriter writer = format.writer(target, OutputOptions.named(false))) {
            for (Item item : items) {
                writer.add(item);
            }
            assertThat(target).satisfiesAnyOf(path -> assertThat(path).doesNotExist(), path -> assertThat(path)
                    .isEmptyDirectory());
            writer.commit();
        }
    }

    /** Takes a file apart and puts it together, and demands the same bytes. */
    public static Item assertRestored(DataFormat format, Path file, byte[] content) throws IOException {
        Files.write(file, content);
        List<Item> items = items(format, file);
        assertThat(items).hasSize(1);
        Path target = Files.createTempDirectory(file.toAbsolutePath().getParent(), "restored");
        write(format, target, items);
        assertThat(target.resolve(String.valueOf(file.getFileName()))).hasBinaryContent(content);
        return items.get(0);
    }
}

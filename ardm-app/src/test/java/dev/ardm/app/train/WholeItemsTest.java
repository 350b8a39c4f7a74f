package dev.ardm.app.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ardm.app.Listener;
import dev.ardm.app.data.TrainingData;
import dev.ardm.data.format.DataFormat;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeItemsTest {
    @TempDir
    Path folder;

    private static List<String> texts(Iterable<int[]> items) {
        List<String> texts = new ArrayList<>();
        items.forEach(item -> texts.add(new String(item, 0, item.length)));
        return texts;
    }

    @Test
    void itemsOfFilesAreTheSameInMemoryAndReadAgain() throws Exception {
        Path file = folder.resolve("some.log");
        Files.writeString(file, "one\ntwo\n\nfour\nfive");
        DataFormat format = TrainingData.fitted(file, new TrainingData.Choice("", Map.of()));
        WholeItems kept = WholeItems.of(format, file, 100, Listener.NONE);
        WholeItems read = WholeItems.of(format, file, 10, Listener.NONE);
        assertThat(kept.inMemory()).isTrue();
        assertThat(read.inMemory()).isFalse();
        assertThat(read.size()).isEqualTo(kept.size()).isEqualTo(5);
        AtomicInteger steps = new AtomicInteger();
        Iterable<int[]> odd = read.some(k -> k % 2 == 1, steps::incrementAndGet);
        for (int pass = 1; pass <= 2; pass++) {
            assertThat(texts(odd)).containsExactlyElementsOf(texts(kept.some(k -> k % 2 == 1, () -> {})));
            assertThat(steps).hasValue(5 * pass);
        }
        assertThat(texts(odd).get(0)).startsWith("two");
        assertThat(texts(read.some(k -> false, () -> {}))).isEmpty();
        Files.delete(file);
        assertThatThrownBy(() -> texts(odd)).isInstanceOf(UncheckedIOException.class);
    }
}

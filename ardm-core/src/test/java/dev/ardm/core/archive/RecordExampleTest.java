package dev.ardm.core.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ardm.core.Item;
import dev.ardm.core.Space;
import dev.ardm.core.counts.CountsModel;
import dev.ardm.core.model.LikelihoodModel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a program keeps records: to be copied. */
class RecordExampleTest {
    @TempDir
    Path folder;

    private static String event(int n) {
        return "{\"user\": " + n * 37 % 100 + ", \"event\": \"" + (n % 3 == 0 ? "login" : "größe") + "\"}";
    }

    @Test
    void textsAndBytesGoInAndComeBack() throws Exception {
        // A model of bytes learns records like those that will come; "ardm train --data LINES.log" makes its file.
        List<int[]> examples = IntStream.range(0, 500)
                .mapToObj(n -> Item.ofText(event(n)).values())
                .toList();
        LikelihoodModel model = CountsModel.learn(Space.of(new int[] {64}, 256, Space.Scale.NOMINAL), "", examples)
                .open(1);

        // Any number of threads append records; flush returns when they are on the disk.
        Path file = folder.resolve("events.ardm");
        try (ItemStore store = ItemStore.records(file, model)) {
            for (int n = 0; n < 100; n++) {
                assertThat(store.append(event(n))).isEqualTo(n);
            }
            store.append(new byte[] {(byte) 0xFF, 0, 10});
            store.flush();
            try (ItemArchive snapshot = store.snapshot()) {
                assertThat(snapshot.string(42)).isEqualTo(event(42));
            }
            assertThatThrownBy(() -> store.append("\uD800")).isInstanceOf(IllegalArgumentException.class);
            store.append("");
        }

        // Each record is read alone, by its number.
        try (ItemArchive archive = ItemArchive.open(file, model)) {
            assertThat(archive.size()).isEqualTo(102);
            assertThat(archive.string(99)).isEqualTo(event(99));
            assertThat(archive.bytes(7)).isEqualTo(event(7).getBytes(StandardCharsets.UTF_8));
            assertThat(archive.bytes(100)).containsExactly(0xFF, 0, 10);
            assertThat(archive.string(101)).isEmpty();
            assertThatThrownBy(() -> archive.string(100)).isInstanceOf(CharacterCodingException.class);
        }

        // Or a whole archive at once.
        Path written = folder.resolve("written.ardm");
        try (ItemArchiveWriter writer = ItemArchiveWriter.records(written, model)) {
            writer.add("one");
            writer.add("two".getBytes(StandardCharsets.UTF_8));
            writer.commit();
        }
        try (ItemArchive archive = ItemArchive.open(written, model)) {
            assertThat(archive.string(0) + archive.string(1)).isEqualTo("onetwo");
        }
    }
}

package dev.ardm.data.source;

import dev.ardm.core.Item;
import dev.ardm.data.DataException;
import dev.ardm.data.ItemCursor;
import dev.ardm.data.format.DataFormat;
import dev.ardm.data.format.line.LineFormat;
import dev.ardm.data.registry.DataFormats;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Lines of known kinds, in memory. */
public final class Lines {
    private Lines() {}

    /** The format of lines. */
    public static DataFormat format() {
        try {
            return DataFormats.fit(LineFormat.KIND, List.of(Path.of("any.log")), Map.of());
        } catch (IOException e) {
            throw new IllegalStateException("lines need no look at files", e);
        }
    }

    /** Each line one of so many fixed sentences, and a random number of three digits. */
    public static List<String> sentences(int count, int kinds, long seed) {
        Random random = new Random(seed);
        Random words = new Random(99);
        List<String> sentences = new ArrayList<>();
        for (int k = 0; k < kinds; k++) {
            StringBuilder text = new StringBuilder();
            for (int j = 0; j < 40; j++) {
                text.append(j % 6 == 5 ? ' ' : (char) ('a' + words.nextInt(26)));
            }
            sentences.add(text.toString());
        }
        List<String> lines = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            lines.add(sentences.get(random.nextInt(kinds)) + ' ' + (100 + random.nextInt(900)));
        }
        return lines;
    }

    /** Lines of random bytes other than line feeds. */
    public static List<String> random(int count, int length, long seed) {
        Random random = new Random(seed);
        List<String> lines = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            StringBuilder line = new StringBuilder();
            for (int j = 0; j < length; j++) {
                int value = random.nextInt(255);
                line.append((char) (value < '\n' ? value : value + 1));
            }
            lines.add(line.toString());
        }
        return lines;
    }

    /** All lines, one after the other. */
    public static ItemCursor cursor(List<String> lines) {
        Iterator<Item> items = items(lines).iterator();
        return new ItemCursor() {
            @Override
            public @Nullable Item next() throws DataException {
                return items.hasNext() ? items.next() : null;
            }

            @Override
            public void close() {}
        };
    }

    /** Lines as items; a character is a byte. */
    public static List<Item> items(List<String> lines) {
        return lines.stream()
                .map(line -> Item.ofBytes(line.getBytes(StandardCharsets.ISO_8859_1), ""))
                .toList();
    }
}

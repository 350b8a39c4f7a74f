package dev.ardm.data.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ardm.core.Item;
import dev.ardm.data.DataException;
import dev.ardm.data.ItemCursor;
import dev.ardm.data.format.DataFormat;
import dev.ardm.data.registry.DataFormats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowRecordsTest extends RecordSuite<String[]> {
    private static final List<String> COLUMNS = List.of("name", "age", "price", "note");

    @Override
    RecordKind<String[]> kind() {
        return new RowRecords(COLUMNS);
    }

    private static String[] row(String... fields) {
        return fields;
    }

    @Override
    List<String[]> usual(int seed) {
        Random random = new Random(seed);
        return IntStream.range(0, 300)
                .mapToObj(k -> row(
                        "n" + random.nextInt(20),
                        String.valueOf(20 + random.nextInt(60)),
                        random.nextInt(1000) / 100.0 + "",
                        random.nextInt(4) == 0 ? null : random.nextBoolean() ? "" : "seen, \"twice\""))
                .toList();
    }

    @Override
    List<String[]> strange() {
        return List.of(
                row("", "", "", ""),
                row(null, null, null, null),
                row("never seen", "-0", "-0.0", "NaN"),
                row("a,b", "1e5", "0007", "+1"),
                row("\"", "\"\"", "a\nb", "c\r\nd"),
                row(" n1 ", " 20", "1.50", "1,50"),
                row("\u00E4", "\u00C3\u00A4", "\uD83E\uDDC0", "\u0000"),
                row("n1", "20", "9999999999999999999999", "x".repeat(3000)),
                row("null", "NULL", "?", "\t"));
    }

    @Override
    Map<String[], String> refused() {
        return Map.of(
                row("n1", "20", "1.5"), "a row of 3 fields, where the columns are name, age, price, note",
                row("n1", "20", "1.5", "", ""), "a row of 5 fields",
                row("\uD83E", "20", "1.5", ""), "half a surrogate pair");
    }

    @Override
    Object shown(String[] record) {
        return Arrays.asList(record);
    }

    @Test
    void aRowOfOneColumnMayBeNull() throws IOException {
        RecordKind<String[]> one = new RowRecords(List.of("x"));
        List<String[]> rows = List.of(row("a"), row("b"), row((String) null), row(""));
        RecordForm<String[]> form = one.fit(rows);
        for (String[] row : rows) {
            assertThat(form.record(form.item(row))).isEqualTo(row);
        }
    }

    @Test
    void columnsMayComeInAnotherOrder() throws IOException {
        DataFormat format = kind().fit(usual(1)).format();
        RecordForm<String[]> other = new RowRecords(List.of("note", "name", "price", "age")).of(format);
        RecordForm<String[]> own = kind().of(format);
        Item item = own.item(row("n1", "30", "1.5", null));
        assertThat(other.record(item)).containsExactly(null, "n1", "1.5", "30");
        assertThat(other.item(row(null, "n1", "1.5", "30")).values()).isEqualTo(item.values());
    }

    @Test
    void columnsHaveToBeThoseOfTheModel() throws IOException {
        DataFormat format = kind().fit(usual(1)).format();
        assertThatThrownBy(() -> new RowRecords(List.of("name", "age", "price", "remark")).of(format))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("its columns are name, age, price, note");
        assertThatThrownBy(() -> new RowRecords(List.of("a", "a"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RowRecords(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    /** Rows of memory and of files are of one format: either reads what the other has. */
    @Test
    void rowsOfFilesAreRowsInMemory(@TempDir Path dir) throws IOException {
        Path file = dir.resolve("people.csv");
        Files.writeString(file, "name;age;price;note\nn1;30;1,5;\"x\"\"y\"\nn2;31;2,5;\n;;;\"\"\n\"a;b\";1;2;3;4\n");
        DataFormat format = kind().fit(usual(1)).format();
        RecordForm<String[]> form = kind().of(DataFormats.of(format.definition(), format.space()));
        try (ItemCursor items = format.cursor(List.of(file))) {
            assertThat(form.record(items.next())).containsExactly("n1", "30", "1.5", "x\"y");
            assertThat(form.record(items.next())).containsExactly("n2", "31", "2.5", null);
            assertThat(form.record(items.next())).containsExactly(null, null, null, "");
            Item ragged = items.next();
            assertThatThrownBy(() -> form.record(ragged))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("no row of 4 fields");
        }
    }

    @Test
    void damagedSideInformationIsRefused() throws IOException {
        Item escaped = trained().form().item(row("never seen", "x", "y", "z"));
        Item wrong = new Item("", escaped.values(), new byte[] {(byte) 0xFF, 1});
        assertThatThrownBy(() -> trained().form().record(wrong))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("damaged");
    }
}

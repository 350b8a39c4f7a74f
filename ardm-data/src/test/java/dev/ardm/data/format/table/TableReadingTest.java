package dev.ardm.data.format.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ardm.core.Item;
import dev.ardm.data.DataException;
import dev.ardm.data.ItemCursor;
import dev.ardm.data.ItemSet;
import dev.ardm.data.format.FormatOptions;
import dev.ardm.data.format.InputFiles;
import dev.ardm.data.format.InputOptions;
import dev.ardm.data.items.ItemInput;
import dev.ardm.data.layer.ImageFileCodec.Kept;
import dev.ardm.data.registry.DataFormats;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people's files look like for a model of other files: it is understood by name, or refused by name, and comes back. */
class TableReadingTest {
    private static final String ROWS = "sex,race,pay\nmale,white,1.25\nfemale,black,20.50\nmale,white,3.75\n";

    @TempDir
    Path dir;

    private TableFormat format;
    private ItemSet wanted;

    /** A model of two columns of words and one of numbers of two fraction digits, from 0.25 to 99.75. */
    @BeforeEach
    void model() throws IOException {
        StringBuilder training = new StringBuilder("sex,race,pay\n");
        for (int i = 0; i < 400; i++) {
            training.append(i % 3 == 0 ? "female" : "male")
                    .append(i % 5 == 0 ? ",black," : ",white,")
                    .append(i / 4)
                    .append(new String[] {".00", ".25", ".50", ".75"}[i % 4])
                    .append('\n');
        }
        format = fit(put("train.csv", training.toString()));
        wanted = format.items(List.of(put("rows.csv", ROWS)));
    }

    private Path put(String name, String latin1) throws IOException {
        return Files.write(dir.resolve(name), latin1.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static TableFormat fit(Path path, String... options) throws IOException {
        return (TableFormat) DataFormats.fit("csv", List.of(path), options(options));
    }

    private static Map<String, String> options(String... options) {
        Map<String, String> given = new HashMap<>();
        for (int i = 0; i < options.length; i += 2) {
            given.put(options[i], options[i + 1]);
        }
        return given;
    }

    private TableFormat reading(String... options) throws IOException {
        return format.reading(new FormatOptions("csv", options(options)));
    }

    /** The rows as a verb gets them, and what it says. */
    private record Read(List<Item> rows, String assumed, String note) {}

    private static Read read(TableFormat format, Path path, Kept kept) throws IOException {
        List<Item> rows = new ArrayList<>();
        try (ItemInput input =
                        format.input(List.of(path), InputOptions.nextTo(path).keeping(kept));
                ItemCursor cursor = input.cursor()) {
            for (Item row = cursor.next(); row != null; row = cursor.next()) {
                rows.add(row);
            }
            return new Read(rows, String.join("\n", input.assumed()), cursor.note());
        }
    }

    private void assertRestored(TableFormat format, Path path) throws IOException {
        Path back = dir.resolve("back");
        TableFormatTest.restore(format, read(format, path, Kept.METADATA).rows, back.resolve("x"));
        Path file = back.resolve("x").resolve(String.valueOf(path.getFileName()));
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                .isEqualTo(Files.readString(path, StandardCharsets.ISO_8859_1));
        Files.delete(file);
        Files.delete(back.resolve("x"));
    }

    /** The file has the rows of the model, whatever it looks like: for training, for scores, and for filling. */
    private String assertSame(TableFormat format, Path path) throws IOException {
        ItemSet items = format.items(List.of(path));
        assertThat(items.size()).isEqualTo(wanted.size());
        for (Kept kept : List.of(Kept.PIXELS, Kept.COLOURS, Kept.METADATA)) {
            List<Item> rows = read(format, path, kept).rows;
            for (int k = 0; k < wanted.size(); k++) {
                assertThat(items.item(k)).isEqualTo(wanted.item(k));
                assertThat(rows.get(k).values()).as("row %d, %s", k, kept).isEqualTo(wanted.item(k));
            }
        }
        assertRestored(format, path);
        return read(format, path, Kept.PIXELS).assumed;
    }

    @Test
    void columnsGoByTheirNames() throws IOException {
        assertThat(assertSame(
                        format, put("o.csv", "pay,sex,race\n1.25,male,white\n20.50,female,black\n3.75,male,white\n")))
                .isEqualTo(dir.resolve("o.csv")
                        + ": the columns have another order than the model's, and go by their names");
        assertThat(assertSame(
                        format,
                        put("b.csv", " sex,\"race\",pay \nmale,white,1.25\nfemale,black,20.50\nmale,white,3.75\n")))
                .isEmpty();
    }

    @Test
    void additionalColumnsAreNamedAndKept() throws IOException {
        assertThat(
                        assertSame(
                                format,
                                put(
                                        "a.csv",
                                        "id,sex,race,x;y,pay\n1,male,white,\"a,b\",1.25\n2,female,black,,20.50\n3,male,white,c,3.75\n")))
                .contains("columns that the model does not know are not looked at: 'id', 'x;y'");
    }

    @Test
    void missingColumnsAreNamed() throws IOException {
        Path path = put("m.csv", "race,age\nwhite,3\nblack,4\n");
        for (Kept kept : List.of(Kept.PIXELS, Kept.COLOURS)) {
            assertThatThrownBy(() -> read(format, path, kept))
                    .isInstanceOf(DataException.class)
                    .hasMessageStartingWith(path + ": lacks the columns 'sex', 'pay', and has in addition 'age'; add");
        }
        Read archived = read(format, path, Kept.METADATA);
        assertThat(archived.assumed)
                .contains("columns of the model are not there: 'sex', 'pay'")
                .contains("not looked at: 'age'");
        assertThat(format.decode(archived.rows.get(0).values())).containsExactly(null, "white", null);
        assertRestored(format, path);
        assertThatThrownBy(() -> read(format, put("t.csv", "sex,race,pay,sex\nmale,white,1.25,male\n"), Kept.PIXELS))
                .hasMessageContaining("t.csv: several columns are called 'sex'");
    }

    @Test
    void aFirstRowWithoutNamesIsARow() throws IOException {
        Path path = put("n.csv", ROWS.substring(ROWS.indexOf('\n') + 1));
        assertThat(assertSame(format, path))
                .contains("n.csv: the first line does not have the names of the columns and counts as a row");
        assertThat(assertSame(reading("header", "false"), path)).isEmpty();
        assertThatThrownBy(() -> read(reading("header", "true"), path, Kept.PIXELS))
                .hasMessageContaining("lacks the columns 'sex', 'race', 'pay'");
        assertThatThrownBy(() -> read(format, put("s.csv", "a,b\n1,2\n"), Kept.PIXELS))
                .hasMessageContaining("s.csv: the first line has neither the names of the model's columns ('sex', ")
                .hasMessageContaining("nor 3 fields");
        assertThat(read(reading("header", "false"), put("rows.csv", ROWS), Kept.PIXELS).rows)
                .hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {";", "\t", "|"})
    void delimitersAreFound(String delimiter) throws IOException {
        String shown = delimiter.equals("\t") ? "tabs" : "'" + delimiter + "'";
        Path path = put("d.csv", ROWS.replace(",", delimiter));
        assertThat(assertSame(format, path)).isEqualTo(path + ": the fields are separated by " + shown);
        String option = delimiter.equals("\t") ? "tab" : delimiter;
        assertThat(assertSame(reading("delimiter", option), path)).isEmpty();
        assertThat(assertSame(
                        format,
                        put("n.csv", ROWS.substring(ROWS.indexOf('\n') + 1).replace(",", delimiter))))
                .contains("separated by " + shown)
                .contains("counts as a row");
        TableFormat own = fit(path);
        assertThat(own.table().delimiter()).isEqualTo(delimiter.charAt(0));
        assertThat(own.note()).isEqualTo(path + ": the fields are separated by " + shown);
        assertThat(fit(path, "delimiter", option).note()).isEmpty();
        assertRestored(own, put("rows.csv", ROWS));
    }

    @Test
    void decimalCommasAreNumbers() throws IOException {
        String commas = ROWS.replace(',', ';').replace('.', ',');
        assertThat(assertSame(format, put("c.csv", commas)))
                .contains("separated by ';'")
                .contains("numbers have another decimal mark than the model's");
        assertSame(
                format,
                put("q.csv", "sex,race,pay\nmale,white,\"1,25\"\nfemale,black,\"20,50\"\nmale,white,\"3,75\"\n"));
        StringBuilder training = new StringBuilder("name;pay\n");
        for (int i = 0; i < 400; i++) {
            training.append(i % 7)
                    .append(';')
                    .append(i / 10)
                    .append(',')
                    .append(i % 10)
                    .append('\n');
        }
        Path path = put("train2.csv", training.toString());
        TableFormat own = fit(path);
        assertThat(own.columns().get(1).decimal()).isTrue();
        assertThat(read(own, path, Kept.METADATA).rows)
                .noneMatch(row -> own.columns().get(1).escaped(row.values()));
        assertRestored(own, path);
        assertThat(DataFormats.of(own.definition(), own.space())).isEqualTo(own);
        assertThat(own.items(List.of(put("p.csv", "name,pay\n3,12.3\n"))).item(0))
                .isEqualTo(
                        own.items(List.of(put("k.csv", "name;pay\n3;12,3\n"))).item(0));
    }

    @Test
    void quotesAreNotTheMeaning() throws IOException {
        String quoted = "\"sex\",\"race\",\"pay\"\n\"male\",\"white\",\"1.25\"\n\"female\",\"black\",\"20.50\"\n"
                + "\"male\",\"white\",\"3.75\"\n";
        assertThat(assertSame(format, put("q.csv", quoted))).isEmpty();
        assertThat(assertSame(format, put("r.csv", quoted.replaceAll("\"([0-9.]+)\"", "$1"))))
                .isEmpty();
        TableFormat own = fit(put("all.csv", quoted + quoted.substring(quoted.indexOf('\n') + 1)));
        ItemSet plain = own.items(List.of(put("rows.csv", ROWS)));
        ItemSet same = own.items(List.of(put("q.csv", quoted)));
        assertThat(plain.item(1)).isEqualTo(same.item(1));
    }

    @Test
    void byteOrderMarksAndLineBreaksInFieldsAreRead() throws IOException {
        assertThat(assertSame(format, put("b.csv", "\u00EF\u00BB\u00BF" + ROWS)))
                .isEmpty();
        assertThat(assertSame(format, put("e.csv", ROWS.replace("\n", "\r\n")))).isEmpty();
        Path path = put(
                "l.csv",
                "sex,race,pay,note\nmale,white,1.25,\"a\nb\"\nfemale,black,20.50,\"\"\"\n\"\nmale,white,3.75,\n");
        assertThat(assertSame(format, path)).contains("not looked at: 'note'");
    }

    @Test
    void rowsOfAnotherNumberOfFieldsAreRefusedByLine() throws IOException {
        String head = "sex,race,pay\r\nmale,\"w\r\nw\",1.25\r\n";
        Path less = put("less.csv", head + "male,white\r\n");
        Path more = put("more.csv", head + "male,white,1.25,x\r\n");
        for (Kept kept : List.of(Kept.PIXELS, Kept.COLOURS)) {
            assertThatThrownBy(() -> read(format, less, kept))
                    .isInstanceOf(DataException.class)
                    .hasMessageStartingWith(less + ", line 4: has 2 fields, not 3; correct the line");
            assertThatThrownBy(() -> read(format, more, kept))
                    .hasMessageStartingWith(more + ", line 4: has 4 fields, not 3");
        }
        assertThatThrownBy(() -> format.items(List.of(less))).hasMessageContaining("line 4: has 2 fields");
        assertThatThrownBy(() -> fit(less)).hasMessageContaining("line 4: has 2 fields, not 3");
        assertThat(read(format, less, Kept.METADATA).note)
                .isEqualTo(less + ", line 4 has 2 fields, not 3; it is kept as it is");
        assertRestored(format, less);
        assertRestored(format, more);
    }

    @Test
    void blankLinesAreNoRows() throws IOException {
        Path path = put("blank.csv", ROWS.replace("\nfemale", "\n\nfemale") + "\n\n");
        assertThat(format.items(List.of(path)).size()).isEqualTo(3);
        assertThat(read(format, path, Kept.PIXELS).rows).hasSize(3);
        assertThat(read(format, path, Kept.METADATA).note).isEmpty();
        assertRestored(format, path);
        assertThat(fit(path).items(List.of(path)).size()).isEqualTo(3);
        Path one = put("one.csv", "x\na\n\nb\n");
        assertThat(fit(one).items(List.of(one)).size()).as("of one column").isEqualTo(3);
    }

    @Test
    void linesAreCountedAsEditorsDo() throws IOException {
        for (String end : List.of("\n", "\r\n", "\r")) {
            Path path = put("lines.csv", ROWS.replace("\n", end) + "x" + end);
            assertThatThrownBy(() -> format.items(List.of(path)))
                    .as(end.replace('\r', 'R'))
                    .hasMessageContaining("line 5: has 1 field");
        }
    }

    /** Within quotes two quotes are one, and a delimiter is none; what begins with a quote ends with one. */
    @Test
    void doubledQuotesDoNotCloseAField() throws IOException {
        Path path = put("q.csv", "a,b\n\"x\"\",y\",1\n\"\",2\n\"\"\"\",3\n\"p\nq\",4\n");
        TableFormat own = fit(path);
        ItemSet items = own.items(List.of(path));
        List<String> first = new ArrayList<>();
        for (int k = 0; k < items.size(); k++) {
            first.add(own.decode(items.item(k))[0]);
        }
        assertThat(first).containsExactly("x\",y", "", "\"", "p\nq");
    }

    @Test
    void trainingAsksWhetherNumbersAreNames() throws IOException {
        Path path = put("39.csv", "39,male\n40,female\n");
        assertThatThrownBy(() -> fit(path))
                .hasMessageContaining(
                        "39.csv: the first line should have the names of the columns, but has the number 39")
                .hasMessageContaining("--format header=false");
        assertThat(fit(path, "header", "false").items(List.of(path)).size()).isEqualTo(2);
        assertThat(fit(path, "header", "true").items(List.of(path)).size()).isEqualTo(1);
    }

    @Test
    void trainingFilesOfAnyOrderAreOneTable() throws IOException {
        Path folder = Files.createDirectory(dir.resolve("in"));
        Files.writeString(folder.resolve("a.csv"), "a,b\nx,1\ny,2\n");
        Files.writeString(folder.resolve("b.tsv"), "b\ta\n1\tx\n");
        TableFormat own = (TableFormat) DataFormats.fit("csv", List.of(folder), Map.of());
        ItemSet items = own.items(List.of(folder));
        assertThat(items.size()).isEqualTo(3);
        assertThat(items.item(2)).isEqualTo(items.item(0));
        Files.writeString(folder.resolve("c.csv"), "a,c\nx,1\n");
        assertThatThrownBy(() -> DataFormats.fit("csv", List.of(folder), Map.of()))
                .hasMessageContaining("c.csv: its columns differ from those of " + folder.resolve("a.csv"))
                .hasMessageContaining("'c'");
    }

    /** Rows that are taken out alone have no file: they are the model's then, and nothing is lost. */
    @Test
    void rowsAloneBecomeTheModelsTable() throws IOException {
        Path path = put("p.csv", "pay;sex;race;id\n1,25;male;white;\"7\"\n20,50;female;gr,y;a,b\n");
        List<Item> rows = read(format, path, Kept.METADATA).rows;
        Path one = dir.resolve("one.csv");
        TableFormatTest.restore(format, rows.subList(1, 2), one);
        assertThat(one).hasContent("sex,race,pay\nfemale,\"gr,y\",20.50,\"a,b\"\n");
    }

    @Test
    void damagedLayoutsAreRefused() {
        for (String text : List.of("", ",", "\n\7", ",\7\7", "\u0080\1\7")) {
            assertThatThrownBy(() -> TableLayout.read(text))
                    .as(Arrays.toString(text.getBytes(StandardCharsets.ISO_8859_1)))
                    .isInstanceOf(DataException.class);
        }
    }

    /** Kinds of files that the search for delimiters of other programs got wrong. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "; ~ day;n;state;#April 15, 2023;40;paid;#April 14, 2023;44;paid;#April 9, 2023;67;#",
                "; ~ id;a;b;c#1;2.25;['345'];U#4;46.50;['112', '112'];U#",
                "; ~ x;y#1,5;2,5#3,5;4,5#",
                "; ~ 1,5;2,5#3,5;4,5#",
                ", ~ flow|id,freq,unit,value#A|B,M,EUR,1#A|B,Q,EUR,2#",
                ", ~ name,note#a,x;y#b,z#",
                "| ~ a|b|c#1|2,0|3#4|5,0|6#",
                ", ~ only#one#column#",
            })
    void delimitersOfTrainingDataAreFound(String delimiter, String table) throws IOException {
        Path path = put("t.csv", table.replace('#', '\n'));
        try (InputFiles files = TableFormat.files(List.of(path))) {
            assertThat(TableReading.delimiter(files.files().get(0))).isEqualTo(delimiter.charAt(0));
        }
    }

    @Test
    void otherEncodingsAreSaid() throws IOException {
        Path utf16 = Files.write(dir.resolve("u.csv"), ("\uFEFF" + ROWS).getBytes(StandardCharsets.UTF_16LE));
        assertThatThrownBy(() -> read(format, utf16, Kept.PIXELS))
                .hasMessage(utf16 + ": is UTF-16; convert it to UTF-8");
        assertRestored(format, utf16);
        assertThat(assertSame(format, put("l.csv", ROWS.replace("\n", ",x\n").replace(",x\nm", ",\u00E4\nm"))))
                .contains("not all fields are UTF-8");
    }

    @Test
    void columnsOfOtherWordsAreSaid() throws IOException {
        StringBuilder rows = new StringBuilder("sex,race,pay\n");
        for (int i = 0; i < 20; i++) {
            rows.append("M,white,").append(1_000_000 + i).append('\n');
        }
        Path path = put("w.csv", rows.toString());
        assertThat(read(format, path, Kept.PIXELS).assumed)
                .isEqualTo(path + ": the model knows none of the first 20 fields of 'sex', 'pay'");
        assertRestored(format, path);
    }
}

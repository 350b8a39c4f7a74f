package dev.ardm.data.format.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ardm.core.Item;
import dev.ardm.core.RandomStream;
import dev.ardm.core.Space;
import dev.ardm.data.DataException;
import dev.ardm.data.ItemCursor;
import dev.ardm.data.ItemSet;
import dev.ardm.data.ItemWriter;
import dev.ardm.data.format.DataFormat;
import dev.ardm.data.format.OutputOptions;
import dev.ardm.data.registry.DataFormats;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class TableFormatTest {
    @TempDir
    Path dir;

    private Path put(String name, String latin1) throws IOException {
        Path path = dir.resolve(name);
        Files.createDirectories(path.getParent());
        return Files.write(path, latin1.getBytes(StandardCharsets.ISO_8859_1));
    }

    private TableFormat fit(Path path, String... options) throws IOException {
        Map<String, String> given = new java.util.HashMap<>();
        for (int i = 0; i < options.length; i += 2) {
            given.put(options[i], options[i + 1]);
        }
        return (TableFormat) DataFormats.fit("csv", List.of(path), given);
    }

    /** 300 rows: a word, a number of two fraction digits, a key that never repeats. */
    private Path training() throws IOException {
        StringBuilder csv = new StringBuilder("colour,price,key\n");
        String[] colours = {"red", "green", "\"light, blue\"", ""};
        for (int i = 0; i < 300; i++) {
            csv.append(colours[i % 7 % 4])
                    .append(',')
                    .append(i % 50 == 49 ? "NA" : i * 7 % 300 - 20 + "." + (10 + i % 90))
                    .append(",k")
                    .append((char) ('a' + i % 26))
                    .append((char) ('a' + i / 26))
                    .append('\n');
        }
        return put("train.csv", csv.toString());
    }

    static List<Item> documents(DataFormat format, List<Path> paths) throws IOException {
        List<Item> documents = new ArrayList<>();
        try (ItemCursor cursor = format.cursor(paths)) {
            for (Item d = cursor.next(); d != null; d = cursor.next()) {
                format.space().check(d.values());
                documents.add(d);
            }
        }
        return documents;
    }

    static void restore(DataFormat format, List<Item> documents, Path target) throws IOException {
        try (ItemWriter writer = format.writer(target, OutputOptions.named(false))) {
            for (Item item : documents) {
                writer.add(item);
            }
            assertThat(writer.size()).isEqualTo(documents.size());
            writer.commit();
        }
    }

    private void assertRestored(DataFormat format, Path path) throws IOException {
        List<Item> documents = documents(format, List.of(path));
        Path back = dir.resolve("back.csv");
        restore(format, documents, back);
        assertThat(Files.readAllBytes(back)).isEqualTo(Files.readAllBytes(path));
        Files.delete(back);
    }

    @Test
    void columnsGetTheCodesTheyNeed() throws IOException {
        TableFormat format = fit(training());
        assertThat(format.columns()).extracting(TableColumn::name).containsExactly("colour", "price", "key");
        // -20.xx to 279.xx is 29,9xx hundredths: two digits; then NA and the escape. Keys never repeat.
        assertThat(format.space())
                .isEqualTo(Space.of(new int[] {4}, new int[] {5, 173 + 2, 174, 2}, Space.Scale.NOMINAL));
        assertThat(format.columns().get(1).decimal()).isTrue();
        assertThat(format.columns().get(1).firstVariable()).isEqualTo(1);
        assertThat(format.columns().get(1).variables()).isEqualTo(2);
        assertThat(format.known(List.of("price"))).containsExactly(false, true, true, false);
        assertThatThrownBy(() -> format.known(List.of("prize"))).hasMessageContaining("no column 'prize'");
        ItemSet items = format.items(List.of(dir.resolve("train.csv")));
        assertThat(items.size()).isEqualTo(300);
        assertThat(format.decode(items.item(2))).containsExactly("light, blue", "-6.12", null);
        assertThat(format.decode(items.item(49))[1]).isEqualTo("NA");
    }

    @Test
    void definitionsComeBack() throws IOException {
        TableFormat format = fit(training());
        String text = format.definition().toString();
        DataFormat again = DataFormats.read(JsonMapper.shared().readTree(text));
        assertThat(again).isEqualTo(format);
        assertThat(again.definition().toString()).isEqualTo(text);
        assertThat(again.space()).isEqualTo(format.space());
        assertRestored(again, dir.resolve("train.csv"));
        for (String damage : List.of("\"bins\":173", "\"base\":174", "\"words\"", "\"columns\"", "\"digits\":2")) {
            assertThat(text).contains(damage);
            String damaged = text.replace(damage, damage.replaceAll("\"\\w+\"(:\\d+)?", "\"x\"$1"));
            assertThatThrownBy(() -> DataFormats.read(JsonMapper.shared().readTree(damaged)))
                    .as(damage)
                    .isInstanceOf(DataException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "colour,price,key",
                "colour,price,key\n",
                "colour,price,key\r\n",
                "colour,price,key\nred,1.13,kaa",
                "colour,price,key\r\nred,1.13,kaa\r\ngreen,-0.50,\r\n",
                "colour,price,key\rred,1.13,kaa\rgreen,2.00,x",
                "colour,price,key\nred,1.13,kaa\r\ngreen,2.00,x\rred,NA,y\n\n\nred,1,z",
                "\u00EF\u00BB\u00BFcolour,price,key\nred,1.13,kaa\n",
                "\u00EF\u00BB\u00BF",
                "\u00EF\u00BB",
                "Colour;price\nred,1.13,kaa\n",
                "colour,price,key\n\"red\", 1.13,+5\n\"a\"\"b\",01.13,-0.00\n\"x\"y,1e5,\"\n\"\n",
                "colour,price,key\nred,1.13\nred\n,,,,,\nred,1.13,kaa,\n",
                "colour,price,key\nred,1.13,\"never closed\nred,1.13,kaa\n",
                "colour,price,key\n\0,\0\0,\0\n\u00FF\u00FE,\u00C3\u0028,\u00E4\n",
                "colour,price,key\nred,999999999999999999999999.99,x\nred,99999.99,y\nred,-20.01,z\n",
                "colour,price,key\n,,\n,,\r",
                "red,1.13,kaa\ngreen,2.00,kab",
            })
    void whateverItIsComesBackByteForByte(String csv) throws IOException {
        TableFormat format = fit(training());
        assertRestored(format, put("other.csv", csv));
        assertRestored(fit(training(), "header", "false"), put("other.csv", csv));
    }

    @Test
    void anyBytesComeBack() throws IOException {
        TableFormat format = fit(training());
        RandomStream random = RandomStream.of(5, RandomStream.Purpose.TEST, 0);
        String alphabet = "\",\r\n\0 ab1-.\u00EF";
        for (int round = 0; round < 100; round++) {
            StringBuilder csv = new StringBuilder(round % 3 == 0 ? "" : "colour,price,key\n");
            for (int i = random.nextInt(60); i > 0; i--) {
                csv.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            assertRestored(format, put("other.csv", csv.toString()));
        }
    }

    @Test
    void rowsInOrderCostNothingBesideTheirValues() throws IOException {
        TableFormat format = fit(training());
        List<Item> documents =
                documents(format, List.of(put("o.csv", "colour,price,key\r\nred,1.13,a\r\nred,1.14,b\r\n,NA,\r\n")));
        assertThat(documents.get(0).side())
                .as("flags, kind of file, its name, an escape")
                .hasSize(1 + 1 + 1 + 5 + 1);
        assertThat(documents.get(1).side()).as("flags, an escape").hasSize(1 + 1);
        StringBuilder plain = new StringBuilder("a,b\n");
        for (int i = 0; i < 9; i++) {
            plain.append(i % 2).append(',').append(i % 3).append('\n');
        }
        Path path = put("plain.csv", plain.toString());
        documents = documents(fit(path), List.of(path));
        assertThat(documents.subList(1, 9)).allSatisfy(d -> assertThat(d.side()).isEmpty());
    }

    @Test
    void severalFilesComeBackUnderTheirNames() throws IOException {
        TableFormat format = fit(training());
        Path folder = dir.resolve("in");
        put("in/b.csv", "colour,price,key\nred,1.13,a");
        put("in/a/x.csv", "");
        put("in/a/y.TSV", "colour,price,key\r\nblue,,\r\n");
        put("in/a/z.txt", "skipped");
        put("in/.hidden.csv", "skipped");
        List<Item> documents = documents(format, List.of(folder));
        assertThat(documents).hasSize(3);
        Path out = dir.resolve("out");
        restore(format, documents, out);
        for (String name : List.of("b.csv", "a/x.csv", "a/y.TSV")) {
            assertThat(Files.readAllBytes(out.resolve(name)))
                    .as(name)
                    .isEqualTo(Files.readAllBytes(folder.resolve(name)));
        }
        try (var walk = Files.walk(out)) {
            assertThat(walk.filter(Files::isRegularFile)).hasSize(3);
        }
        assertThatThrownBy(() -> restore(format, documents, dir.resolve("one.csv")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("give a folder");
        assertThat(dir.resolve("one.csv")).doesNotExist();
        try (ItemCursor cursor = format.cursor(List.of(folder))) {
            assertThat(cursor.skipped().first()).containsExactly("a/z.txt");
        }
    }

    @Test
    void namesThatLeadOutAreRefused() throws IOException {
        TableFormat format = fit(training());
        RowSide side = new RowSide(
                new RowSide.FileStart("../x.csv", false, LineEnd.LF, null, LineEnd.LF, false, null),
                null,
                false,
                null,
                List.of(),
                List.of());
        Item item = new Item("", new int[4], side.toBytes());
        assertThatThrownBy(() -> restore(format, List.of(item), dir.resolve("out")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("not a valid relative file name");
        assertThat(dir.resolve("out")).doesNotExist();
    }

    @Test
    void rowsThatAModelMadeUpBecomeATable() throws IOException {
        TableFormat format = fit(training());
        Space space = format.space();
        List<Item> documents = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            RandomStream random = RandomStream.of(1, RandomStream.Purpose.TEST, i);
            int[] row = new int[space.dimensions()];
            for (int v = 0; v < row.length; v++) {
                row[v] = random.nextInt(space.categories(v));
            }
            documents.add(new Item("", row, new byte[0]));
        }
        Path out = dir.resolve("made.csv");
        restore(format, documents, out);
        assertThat(Files.readAllLines(out)).hasSize(201).startsWith("colour,price,key");
        ItemSet back = format.items(List.of(out));
        for (int i = 0; i < 200; i++) {
            assertThat(format.decode(back.item(i))[1])
                    .isEqualTo(
                            format.columns().get(1).escaped(documents.get(i).values())
                                    ? null
                                    : format.decode(documents.get(i).values())[1]);
        }
    }

    @Test
    void damagedSideInformationIsRefused() throws IOException {
        TableFormat format = fit(training());
        Path path = put("o.csv", "Colour,price\nmauve,x,y\nred,1.13,z\r\nred\n");
        List<Item> documents = documents(format, List.of(path));
        int refused = 0;
        for (Item item : documents) {
            for (int at = 0; at < item.side().length; at++) {
                for (int bit = 0; bit < 8; bit++) {
                    byte[] side = item.side().clone();
                    side[at] ^= (byte) (1 << bit);
                    try (ItemWriter writer = format.writer(dir.resolve("out"), OutputOptions.named(false))) {
                        writer.add(new Item("", item.values(), side));
                    } catch (DataException e) {
                        refused++;
                    }
                }
            }
        }
        assertThat(refused).isGreaterThan(50);
        assertThat(dir.resolve("out")).doesNotExist();
    }

    @Test
    void endlessFieldsAreRefused() throws IOException {
        TableFormat format = fit(training());
        Path path = put("o.csv", "colour,price,key\nred,1.13,a\nred,\"" + "x\n".repeat(5 << 20));
        assertThatThrownBy(() -> documents(format, List.of(path)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(path.toString())
                .hasMessageContaining("the field that begins in line 3 is longer than 8388608 bytes")
                .hasMessageContaining("quote is not closed");
    }

    @Test
    void aMillionColumnsAreRefusedForFittingAndRestored() throws IOException {
        String wide = "1,".repeat(999_999) + "1\n";
        Path path = put("wide.csv", wide + wide);
        assertThatThrownBy(() -> fit(path))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("the first line has 1000000 fields; tables of 1 to 65536 columns are read");
        assertRestored(fit(training()), path);
    }

    @Test
    void gzipIsReadForTrainingAndRefusedForArchives() throws IOException {
        Path path = training();
        TableFormat format = fit(path);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(Files.readAllBytes(path));
        }
        Path zipped = Files.write(dir.resolve("t.csv.gz"), bytes.toByteArray());
        assertThat(fit(zipped)).isEqualTo(format);
        assertThat(format.items(List.of(zipped)).size()).isEqualTo(300);
        assertThatThrownBy(() -> documents(format, List.of(zipped))).hasMessageContaining("is packed with gzip");
        Path cut = Files.write(dir.resolve("c.csv.gz"), java.util.Arrays.copyOf(bytes.toByteArray(), 200));
        assertThatThrownBy(() -> fit(cut)).isInstanceOf(DataException.class).hasMessageContaining("cut off");
    }

    @Test
    void whatIsNoTableToLearnFromSaysWhy() throws IOException {
        TableFormat format = fit(training());
        assertThatThrownBy(() -> fit(put("e.csv", ""))).hasMessageContaining("e.csv: the file is empty");
        assertThatThrownBy(() -> fit(put("h.csv", "a,b\n"))).hasMessageContaining("contains no rows of 2 fields");
        assertThatThrownBy(() -> fit(put("u.csv", "\u00E4,b\n1,2\n"))).hasMessageContaining("is not UTF-8");
        assertThatThrownBy(() -> format.items(List.of(put("n.csv", "colour,cost,key\nred,1,2\n"))))
                .hasMessageContaining("n.csv: lacks the column 'price', and has in addition 'cost'");
        assertThatThrownBy(() -> format.items(List.of(put("n.csv", "colour,price\nred,1\n"))))
                .hasMessageContaining("n.csv: lacks the column 'key'; add what is missing");
        assertThatThrownBy(() -> fit(training(), "delimiter", "::")).hasMessageContaining("option delimiter");
        assertThatThrownBy(() -> fit(training(), "sep", ";")).hasMessageContaining("unknown option 'sep'");
    }

    @ParameterizedTest
    @CsvSource({
        "0,9,0,",
        "-5,5,0,",
        "100,200,2,",
        "-1000000,1000000,3,",
        "0,999999999999999,0,",
        "-400,400,2,$",
        "0,70000,0,\"",
    })
    void numbersKeepTheirDigits(long least, long most, int fraction, String around) throws IOException {
        String quote = around == null ? "" : around;
        StringBuilder csv = new StringBuilder("n;m\n");
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            RandomStream random = RandomStream.of(3, RandomStream.Purpose.TEST, i);
            long value = least + Math.floorMod(random.nextLong(), most - least + 1);
            texts.add(java.math.BigDecimal.valueOf(value, fraction).toPlainString());
            csv.append(quote).append(texts.get(i)).append(quote).append(";1\n");
        }
        Path path = put("n.csv", csv.toString());
        TableFormat format = fit(path, "delimiter", ";", "max-vocabulary", "3", "bins", "37");
        TableColumn column = format.columns().get(0);
        assertThat(column.decimal()).isTrue();
        ItemSet items = format.items(List.of(path));
        for (int i = 0; i < 400; i++) {
            String wanted = quote.equals("\"") ? texts.get(i) : quote + texts.get(i) + quote;
            assertThat(column.text(items.item(i))).isEqualTo(wanted);
        }
        for (int v = 0; v < column.variables(); v++) {
            assertThat(format.space().categories(v)).isLessThanOrEqualTo(38);
        }
        assertRestored(format, path);
    }

    @Test
    void numbersOfAnyLengthLikeFloatsAreDigitsToo() throws IOException {
        StringBuilder csv = new StringBuilder("x\n");
        for (int i = 0; i < 500; i++) {
            csv.append((i * 37 % 1000) / 8.0 - 20).append('\n');
        }
        Path path = put("f.csv", csv.toString());
        TableFormat format = fit(path);
        assertThat(format.columns().get(0).decimal()).isTrue();
        assertThat(documents(format, List.of(path)))
                .noneMatch(d -> format.columns().get(0).escaped(d.values()));
        assertRestored(format, path);
    }
}

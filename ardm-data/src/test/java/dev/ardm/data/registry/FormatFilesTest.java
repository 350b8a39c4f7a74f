package dev.ardm.data.registry;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ardm.core.Item;
import dev.ardm.data.DataException;
import dev.ardm.data.ItemWriter;
import dev.ardm.data.format.DataFormat;
import dev.ardm.data.format.FittedFormat;
import dev.ardm.data.format.FormatOptions;
import dev.ardm.data.format.OutputOptions;
import dev.ardm.data.format.RoundTrips;
import dev.ardm.data.format.UnpackedStream;
import dev.ardm.data.format.sequence.SequenceFormat;
import dev.ardm.data.format.sequence.WavHeader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Files, folders, zip files and gzip as input, files and folders as output, and definitions. */
class FormatFilesTest {
    @TempDir
    Path dir;

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream packed = new GZIPOutputStream(out)) {
            packed.write(content);
        }
        return out.toByteArray();
    }

    private Path zip(String name, Map<String, byte[]> entries) throws IOException {
        Path path = dir.resolve(name);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(path))) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        return path;
    }

    private DataFormat text(String training) throws IOException {
        return DataFormats.fit(
                "text", List.of(Files.writeString(dir.resolve("training"), training)), Map.of("window", "4"));
    }

    private static byte[] wav(int rate, int... samples) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(WavHeader.canonical(8, 1, rate, samples.length));
        for (int sample : samples) {
            out.write(sample);
        }
        if (samples.length % 2 != 0) {
            out.write(0);
        }
        return out.toByteArray();
    }

    private static List<String> names(List<Item> items) {
        return items.stream().map(Item::name).toList();
    }

    private static FormatOptions named(String pattern) {
        return new FormatOptions("wav", Map.of("names", pattern));
    }

    @Test
    void foldersComeBackAsFolders() throws IOException {
        DataFormat format = text("abc");
        Path folder = dir.resolve("in");
        Map<String, String> files = Map.of("b.txt", "abc", "a/x", "", "a/y.txt", "cab?", "README", "c");
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = folder.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
        Files.writeString(folder.resolve(".hidden"), "abc");
        List<Item> items = RoundTrips.items(format, folder);
        assertThat(names(items)).containsExactly("README", "a/x", "a/y.txt", "b.txt");
        RoundTrips.write(format, dir.resolve("out"), items);
        for (Map.Entry<String, String> file : files.entrySet()) {
            assertThat(dir.resolve("out").resolve(file.getKey()))
                    .usingCharset(UTF_8)
                    .hasContent(file.getValue());
        }
        // Folders of the same names are told apart.
        Path again = Files.createDirectories(dir.resolve("more/in"));
        Files.writeString(again.resolve("README"), "a");
        assertThat(names(RoundTrips.items(format, folder, again)))
                .containsExactly("in/README", "in/a/x", "in/a/y.txt", "in/b.txt", "in-2/README");
    }

    @Test
    void zipFilesAreFolders() throws IOException {
        Path zip = zip(
                "sound.zip",
                Map.of(
                        "s/2_ann_1.wav", wav(8000, 5),
                        "s/1_bob_7.wav", wav(8000, 1, 2, 3),
                        "1_bob_0.wav", wav(8000, 9, 9),
                        "LICENSE.txt", "text".getBytes(UTF_8),
                        "__MACOSX/._1_bob_0.wav", new byte[9]));
        DataFormat format = RoundTrips.fitted("wav", Map.of("window", "2"), zip);
        assertThat(names(RoundTrips.items(format, zip)))
                .containsExactly("1_bob_0.wav", "s/1_bob_7.wav", "s/2_ann_1.wav");
        assertThat(format.items(List.of(zip)).skipped()).containsExactly("LICENSE.txt");
        DataFormat test = format.reading(named(".*_[0-4]\\.wav"));
        assertThat(names(RoundTrips.items(test, zip))).containsExactly("1_bob_0.wav", "s/2_ann_1.wav");
        DataFormat train = DataFormats.fit("wav", List.of(zip), Map.of("window", "2", "names", ".*_[5-9]\\.wav"));
        assertThat(train.definition()).isEqualTo(format.definition());
        assertThat(train.items(List.of(zip)).size()).isEqualTo(2);
        assertThat(train.evaluationItems(List.of(zip)).size()).isEqualTo(1);
        assertThatThrownBy(() -> format.reading(named("x")).items(List.of(zip)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(
                        "sound.zip: contains no files to read (1 are of another kind, 3 have other names");
        RoundTrips.write(format, dir.resolve("out"), RoundTrips.items(format, zip));
        assertThat(dir.resolve("out/s/1_bob_7.wav")).hasBinaryContent(wav(8000, 1, 2, 3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x.wav", "/x.wav", "a//x.wav", "a/../x.wav", "a\\x.wav"})
    void zipFilesCannotLeadElsewhere(String name) throws IOException {
        Path zip = zip("evil.zip", Map.of(name, wav(8000, 1)));
        assertThatThrownBy(() -> DataFormats.fit("wav", List.of(zip), Map.of()))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("evil.zip")
                .hasMessageContaining("not a valid relative file name");
    }

    @Test
    void bombsAreRefused() throws IOException {
        byte[] zeros = new byte[(int) UnpackedStream.HARMLESS_BYTES + (1 << 20)];
        byte[] packed = gzip(zeros);
        assertThat(packed.length).isLessThan(zeros.length / 500);
        Path gz = Files.write(dir.resolve("bomb.txt.gz"), packed);
        Path zip = zip("bomb.zip", Map.of("bomb.txt", zeros));
        for (Path bomb : List.of(gz, zip)) {
            assertThatThrownBy(() -> DataFormats.fit("text", List.of(bomb), Map.of()))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("bomb")
                    .hasMessageContaining("looks like a zip bomb");
        }
    }

    @Test
    void gzipIsForTrainingOnly() throws IOException {
        Path gz = Files.write(dir.resolve("x.txt.gz"), gzip("abcabcabc".getBytes(UTF_8)));
        DataFormat text = RoundTrips.fitted("text", Map.of("window", "9"), gz);
        assertThat(text.items(List.of(gz)).item(0)).containsExactly(0, 1, 2, 0, 1, 2, 0, 1, 2);
        assertThatThrownBy(() -> RoundTrips.items(text, gz))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("x.txt.gz: is packed with gzip");
        // A file of bytes is stored as it is.
        DataFormat bytes = RoundTrips.fitted("bytes", Map.of(), gz);
        RoundTrips.assertRestored(bytes, gz, Files.readAllBytes(gz));
        byte[] packed = Files.readAllBytes(gz);
        for (int length : new int[] {5, packed.length - 9, packed.length - 1}) {
            Files.write(gz, java.util.Arrays.copyOf(packed, length));
            assertThatThrownBy(() -> text.items(List.of(gz)))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("x.txt.gz");
        }
    }

    @Test
    void damagedZipFilesAreRefused() throws IOException {
        Path zip = zip("x.zip", Map.of("a.txt", "some text some text".getBytes(UTF_8)));
        byte[] good = Files.readAllBytes(zip);
        DataFormat format = RoundTrips.fitted("text", Map.of(), zip);
        for (int at = 30; at < good.length; at++) {
            byte[] bad = good.clone();
            bad[at] ^= 4;
            Files.write(zip, bad);
            try {
                List<Item> items = RoundTrips.items(format, zip);
                // A flag or a date that nobody looks at, or the name.
                assertThat(items.get(0).values()).hasSize(19);
                assertThat(items.get(0).side()).isEmpty();
            } catch (DataException e) {
                assertThat(e).hasMessageContaining("x.zip");
            }
        }
        Files.write(zip, java.util.Arrays.copyOf(good, good.length - 10));
        assertThatThrownBy(() -> RoundTrips.items(format, zip)).isInstanceOf(DataException.class);
    }

    @Test
    void oneFileIsOneDocument() throws IOException {
        DataFormat format = text("abc");
        Item item = new Item("any", new int[] {2, 1, 0}, new byte[0]);
        Path target = dir.resolve("out.txt");
        try (ItemWriter writer = format.writer(target, OutputOptions.named(false))) {
            assertThatIllegalStateException().isThrownBy(writer::commit);
            writer.add(item);
            assertThatThrownBy(() -> writer.add(item))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("is a single file, but there are several");
            assertThatThrownBy(writer::commit).isInstanceOf(IOException.class).hasMessageContaining("not written");
        }
        assertThat(target).doesNotExist();
        RoundTrips.write(format, target, List.of(item));
        assertThat(target).hasContent("cba");
        assertThatThrownBy(() -> format.writer(target, OutputOptions.named(false)))
                .isInstanceOf(FileAlreadyExistsException.class);
        try (ItemWriter writer = format.writer(target, OutputOptions.named(true))) {
            writer.add(new Item("any", new int[] {0}, new byte[0]));
            assertThat(target).hasContent("cba");
            writer.commit();
        }
        assertThat(target).hasContent("a");
    }

    @Test
    void foldersAppearWhenComplete() throws IOException {
        DataFormat format = text("abc");
        Path target = dir.resolve("out");
        for (List<String> bad : List.of(
                List.of("../x"),
                List.of("a", "a"),
                List.of("a", "a/b"),
                List.of("a/b", "a"),
                List.of("/x"),
                List.of(""))) {
            List<Item> items = new ArrayList<>();
            bad.forEach(name -> items.add(new Item(name, new int[] {1}, new byte[0])));
            assertThatThrownBy(() -> RoundTrips.write(format, target, items))
                    .as("%s", bad)
                    .isInstanceOf(DataException.class);
            assertThat(target).doesNotExist();
        }
        Files.createDirectories(target);
        RoundTrips.write(format, target, List.of());
        RoundTrips.write(format, target, List.of(new Item("x", new int[] {1}, new byte[0])));
        assertThatThrownBy(() -> format.writer(target, OutputOptions.named(true)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("not an empty folder");
        try (var left = Files.list(dir)) {
            assertThat(left)
                    .noneMatch(path -> String.valueOf(path.getFileName()).startsWith("."));
        }
    }

    @Test
    void optionsAreChecked() throws IOException {
        Path file = Files.writeString(dir.resolve("x.txt"), "abc");
        Map<Map<String, String>, String> wrong = Map.of(
                Map.of("windw", "3"), "unknown option 'windw'; known: max-alphabet, names, stride, window",
                Map.of("window", "0"), "option window of the text format must be a whole number from 1",
                Map.of("window", "x"), "not 'x'",
                Map.of("window", "4", "stride", "5"), "from 1 to 4, not '5'",
                Map.of("names", "("), "is not a regular expression",
                Map.of("max-alphabet", "1"), "from 2 to 65536");
        wrong.forEach((options, message) -> assertThatThrownBy(() -> DataFormats.fit("text", List.of(file), options))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(message));
        assertThatThrownBy(() -> DataFormats.fit("smell", List.of(file), Map.of()))
                .hasMessageContaining("unknown format 'smell'");
        assertThatThrownBy(() -> DataFormats.fit("text", List.of(dir.resolve("none")), Map.of()))
                .hasMessageContaining("no such file");
        assertThat(((SequenceFormat) DataFormats.fit("text", List.of(file), Map.of("window", "4", "stride", "2")))
                        .stride())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'kind':'text'}",
                "{'kind':'text','version':2,'window':4,'alphabet':[97,98],'other':false}",
                "{'kind':'text','version':1,'window':0,'alphabet':[97,98],'other':false}",
                "{'kind':'text','version':1,'window':4.5,'alphabet':[97,98],'other':false}",
                "{'kind':'text','version':1,'window':4,'alphabet':[98,97],'other':false}",
                "{'kind':'text','version':1,'window':4,'alphabet':[55296,55297],'other':false}",
                "{'kind':'text','version':1,'window':4,'alphabet':[],'other':true}",
                "{'kind':'text','version':1,'window':4,'alphabet':7,'other':true}",
                "{'kind':'text','version':1,'window':4,'alphabet':[97,98],'other':0}",
                "{'kind':'text','version':1,'window':4,'alphabet':[97,98],'other':false,'more':1}",
                "{'kind':'text','window':4,'version':1,'alphabet':[97,98],'other':false}",
                "{'kind':'bytes','version':1,'window':99999999999}",
                "{'kind':'bytes','version':1,'window':16777217}",
                "{'kind':'wav','version':1,'window':5,'bits':16,'channels':2,'rate':8000}",
                "{'kind':'wav','version':1,'window':4,'bits':12,'channels':2,'rate':8000}",
                "{'kind':'wav','version':1,'window':4,'bits':16,'channels':0,'rate':8000}",
                "{'kind':'wav-mu-law-lossy','version':1,'window':4,'bits':8,'channels':1,'rate':8000}",
            })
    void malformedDefinitionsAreRefused(String json) {
        assertThatThrownBy(() -> DataFormats.read(JsonMapper.shared().readTree(json.replace('\'', '"'))))
                .isInstanceOf(DataException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "a.txt,text",
        "a.TXT.gz,text",
        "a.wav,wav",
        "b.Wave,wav",
        "x.csv,csv",
        "x.csv.gz,csv",
        "x.tsv,csv",
        "a.png,array",
        "a.JPG,array",
        "txt,",
        "a.gz,",
    })
    void kindsAreGuessedByName(String name, String kind) throws IOException {
        Path file = Files.writeString(dir.resolve(name), "x");
        assertThat(DataFormats.guess(file).orElse(null)).isEqualTo(kind);
        Path folder = Files.createDirectories(dir.resolve("folder"));
        Files.writeString(folder.resolve("LICENSE"), "x");
        Files.move(file, folder.resolve(name));
        assertThat(DataFormats.guess(folder).orElse(null)).isEqualTo(kind);
        assertThat(DataFormats.guess(zip("x.zip", Map.of("a", new byte[0], name, new byte[0])))
                        .orElse(null))
                .isEqualTo(kind);
    }

    @Test
    void kindsAreGuessedByContent() throws IOException {
        assertThat(DataFormats.guess(Files.write(dir.resolve("a"), wav(8000, 1))))
                .contains("wav");
        assertThat(DataFormats.guess(Files.write(dir.resolve("b"), "RIFF".getBytes(US_ASCII))))
                .isEmpty();
    }

    /** One file of another kind, as lies in many folders, does not change what the others are. */
    @ParameterizedTest
    @ValueSource(strings = {"labels.csv", "README.txt", "sound.wav", "LICENSE", "more.npy"})
    void theMajorityDecides(String other) throws IOException {
        Path folder = Files.createDirectories(dir.resolve("mixed"));
        for (int i = 0; i < 3; i++) {
            Files.write(folder.resolve(i + ".png"), new byte[0]);
        }
        Files.write(folder.resolve(other), new byte[0]);
        assertThat(DataFormats.guess(folder)).contains("array");
        Files.write(folder.resolve("LICENSE"), new byte[0]);
        assertThat(DataFormats.guess(folder)).contains("array");
    }

    @Test
    void withoutAMajorityTheKindIsAskedFor() throws IOException {
        Path folder = Files.createDirectories(dir.resolve("mixed"));
        for (String name : List.of("a.png", "b.png", "c.txt", "d.csv")) {
            Files.write(folder.resolve(name), new byte[0]);
        }
        assertThatThrownBy(() -> DataFormats.guess(folder))
                .isInstanceOf(DataException.class)
                .hasMessage(folder
                        + ": has files of several kinds: 2 of array (a.png), 1 of csv (d.csv), 1 of text (c.txt);"
                        + " --kind array|csv|text says which of them are meant");
        Files.write(folder.resolve("e.gif"), new byte[0]);
        assertThat(DataFormats.guess(folder)).contains("array");
    }

    @Test
    void filesOfAnotherKindAreNotRead() throws IOException {
        Path folder = Files.createDirectories(dir.resolve("mixed"));
        Files.writeString(folder.resolve("a.txt"), "aaaa");
        Files.writeString(folder.resolve("b.txt"), "bbbb");
        Files.writeString(folder.resolve("c"), "cccc");
        Files.writeString(folder.resolve("d.csv"), "dddd");
        FittedFormat found = DataFormats.open(folder, Map.of("window", "4"));
        assertThat(found.format().space().maxCategories()).as("a, b and c").isEqualTo(3);
        assertThat(found.items().size()).isEqualTo(3);
        assertThat(found.items().skipped()).containsExactly("d.csv");
        FittedFormat named = DataFormats.open("text", List.of(folder), Map.of("window", "4"));
        assertThat(named.items().size()).as("of a kind that was named").isEqualTo(4);
        assertThatThrownBy(() -> DataFormats.open(dir.resolve("none"), Map.of()))
                .hasMessageContaining("no such file");
    }
}

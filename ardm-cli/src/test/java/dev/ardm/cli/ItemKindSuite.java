package dev.ardm.cli;

import static dev.ardm.cli.Cli.piped;
import static dev.ardm.cli.Cli.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ardm.coding.internal.file.FileModes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every verb, for one kind of item. A kind says what its items are; the tests are the same for all. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ResourceLock(Resources.SYSTEM_OUT)
abstract class ItemKindSuite {
    private static final int CALLS = 3;
    private static final int ITEMS = 3;
    private static final int ADDED = 2;
    private static final byte[] NOTHING = new byte[0];

    @TempDir
    Path dir;

    private Path model;
    private Path source;
    private Path archive;

    /** Writes a model of the items; another seed makes another model. */
    abstract void writeModel(Path file, long seed) throws IOException;

    /** Writes a file of items; their values depend on their numbers only. */
    abstract void write(Path file, int first, int count) throws IOException;

    /** Writes a file that the model does not fit at all, so that coding or packing its values would make it larger. */
    void writeStrange(Path file, int first) throws IOException {
        write(file, first, 1);
    }

    /** The extension of the files, with its dot. */
    abstract String suffix();

    /** How the archive keeps such items, as {@code list --json} names it. */
    abstract String layout();

    /** A mask for {@code fill}. */
    abstract String mask();

    /** What the mask leaves as it is. */
    abstract Object known(Path file) throws IOException;

    /** Whether each item is a file, with a name; otherwise one file holds all items. */
    boolean oneFileEach() {
        return true;
    }

    /** Whether a few items share a stream, so that damage hits all of them. */
    boolean sharesStreams() {
        return false;
    }

    /** Whether several files of many items come back as several files; otherwise they become one. */
    boolean filesStayApart() {
        return false;
    }

    /** Whether items come with side information, which the model does not code. */
    boolean hasSide() {
        return false;
    }

    /** Calls of the network that an item takes. */
    int callsTaken() {
        return CALLS;
    }

    /** What has to come back of a file: all its bytes, if the kind says nothing else. */
    Object content(Path file) throws IOException {
        return Arrays.toString(Files.readAllBytes(file));
    }

    @BeforeAll
    void compress(@TempDir Path shared) throws IOException {
        model = Files.createDirectory(shared.resolve("models")).resolve("m.safetensors");
        writeModel(model, 1);
        source = source(shared, 0, ITEMS);
        archive = shared.resolve("x.ardm");
        compressed(archive, source);
    }

    private void compressed(Path out, Object... more) {
        List<Object> args = new ArrayList<>(List.of("compress", "-m", model, "--calls", CALLS, "-o", out));
        args.addAll(List.of(more));
        Cli.Result result = run(args.toArray());
        assertThat(result.code()).as(result.err()).isZero();
    }

    private String name(int item) {
        return (char) ('a' + item) + (item == 1 ? "/item" : "") + suffix();
    }

    private Path source(Path folder, int first, int count) throws IOException {
        if (!oneFileEach()) {
            Path file = folder.resolve("items-" + first + "-" + count + suffix());
            write(file, first, count);
            return file;
        }
        Path files = folder.resolve("files-" + first);
        for (int k = first; k < first + count; k++) {
            Path file = files.resolve(name(k));
            Files.createDirectories(file.getParent());
            write(file, k, 1);
        }
        return files;
    }

    /** A file of one item. */
    private Path alone(int item) throws IOException {
        Path file = dir.resolve("alone-" + item + suffix());
        write(file, item, 1);
        return file;
    }

    /** Where several items go, as an argument and as a path. */
    private String target(String name) {
        return dir + "/" + name + (oneFileEach() ? "/" : suffix());
    }

    private Map<String, Object> contents(Path path) throws IOException {
        Map<String, Object> contents = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(path)) {
            for (Path file : (Iterable<Path>) walk.filter(Files::isRegularFile)::iterator) {
                contents.put(path.relativize(file).toString(), content(file));
            }
        }
        return contents;
    }

    private static JsonNode json(Object... args) {
        return JsonMapper.shared().readTree(run(args).good().out());
    }

    private void requireContents(Path archive, Path expected) throws IOException {
        requireContents(archive, expected, target("back"));
    }

    private void requireContents(Path archive, Path expected, String back) throws IOException {
        run("decompress", "-f", "-m", model, archive, "-o", back).good();
        assertThat(contents(Path.of(back))).isEqualTo(contents(expected));
    }

    @Test
    void everythingComesBack() throws IOException {
        assertThat(run("test", archive).good().out()).contains("good, " + ITEMS + " items");
        requireContents(archive, source);
    }

    /** What docs/format.md promises: 16 bytes an item besides name and time, which are there twice, and 400 bytes in all. */
    @Test
    void noArchiveIsMuchLargerThanItsFiles() throws IOException {
        Path strange = Files.createDirectory(dir.resolve("strange"));
        int count = oneFileEach() || filesStayApart() ? 9 : 1;
        for (int k = 0; k < count; k++) {
            writeStrange(strange.resolve("s" + k + suffix()), k);
        }
        Object input = count > 1 ? strange : strange.resolve("s0" + suffix());
        Path kept = dir.resolve("strange.ardm");
        compressed(kept, input);
        requireBound(kept, strange, 2 * 8);
        Path bare = dir.resolve("bare.ardm");
        compressed(bare, "--no-times", "--no-modes", input);
        requireBound(bare, strange, 0);
        assertThat(Files.size(bare)).isLessThanOrEqualTo(Files.size(kept));
        assertThat(run("test", "-m", model, kept).good().out()).contains("good");
        String back = dir + "/strange-back" + (count > 1 ? "/" : suffix());
        run("decompress", "-m", model, kept, "-o", back).good();
        assertThat(contents(Path.of(back)).values())
                .containsExactlyElementsOf(contents(count > 1 ? strange : strange.resolve("s0" + suffix()))
                        .values());
    }

    private static void requireBound(Path archive, Path files, int timeBytes) throws IOException {
        long bound = 400;
        try (Stream<Path> walk = Files.walk(files)) {
            for (Path file : (Iterable<Path>) walk.filter(Files::isRegularFile)::iterator) {
                bound += Files.size(file) + 2L * file.getFileName().toString().length();
            }
        }
        bound += json("list", "--json", archive).path("items").asInt() * (16L + timeBytes);
        assertThat(Files.size(archive)).isLessThanOrEqualTo(bound);
    }

    @Test
    void permissionsComeBack() throws IOException {
        assumeTrue(FileModes.of(dir).isPresent());
        Path one = alone(0);
        FileModes.set(one, 0640);
        Path kept = dir.resolve("one.ardm");
        compressed(kept, one);
        assertThat(FileModes.of(kept)).hasValue(0640);
        Path back = dir.resolve("back" + suffix());
        run("decompress", "-m", model, kept, "-o", back).good();
        assertThat(FileModes.of(back)).hasValue(0640);
        run("extract", "-f", "-m", model, kept, 0, "-o", back).good();
        assertThat(FileModes.of(back)).hasValue(0640);
        // Nothing is stored, and still nobody else may read what is restored.
        FileModes.set(one, 0600);
        compressed(kept, "-f", "--no-modes", one);
        assertThat(FileModes.of(kept)).hasValue(0600);
        Files.delete(back);
        run("decompress", "-m", model, kept, "-o", back).good();
        assertThat(FileModes.of(back)).hasValue(0600);
    }

    @Test
    void filesOfAFolderKeepTheirPermissions() throws IOException {
        assumeTrue(oneFileEach() && FileModes.of(dir).isPresent());
        Path files = source(dir, 0, ITEMS);
        FileModes.set(files.resolve(name(0)), 0750);
        FileModes.set(files.resolve(name(1)), 0444);
        FileModes.set(files.resolve(name(2)), 0640);
        Path kept = dir.resolve("kept.ardm");
        compressed(kept, files);
        assertThat(FileModes.of(kept)).hasValue(0640); // What all of them share, and its owner may write it.
        run("decompress", "-m", model, kept, "-o", target("back")).good();
        assertThat(FileModes.of(Path.of(target("back"), name(0)))).hasValue(0750);
        assertThat(FileModes.of(Path.of(target("back"), name(1)))).hasValue(0444);
        assertThat(FileModes.of(Path.of(target("back"), name(2)))).hasValue(0640);
        run("decompress", "-m", model, "--no-modes", kept, "-o", target("plain"))
                .good();
        assertThat(FileModes.of(Path.of(target("plain"), name(0)))).hasValue(0640);
        FileModes.set(files.resolve(name(0)), 0600);
        run("add", "-m", model, kept, files.resolve(name(0))).warned("may read what is added");
        assertThat(FileModes.of(kept)).hasValue(0600);
    }

    @Test
    void itemsAreDeleted() throws IOException {
        Path fewer = Files.copy(archive, dir.resolve("fewer.ardm"));
        String item = oneFileEach() ? name(1) : "1";
        if (sharesStreams()) {
            Path without = Files.copy(archive, dir.resolve("without.ardm"));
            run("delete", without, item).warned("1 deleted record can still be decoded");
            run("test", "-m", model, without).good();
            Files.copy(model, dir.resolve("model.safetensors")); // where it is found
            assertThat(run("compact", without).good().out()).contains((ITEMS - 1) + " items");
            run("test", "-m", model, without).good();
        }
        assertThat(run("delete", fewer, item).good().out()).contains((ITEMS - 1) + " items");
        assertThat(Files.size(fewer)).isLessThan(Files.size(archive));
        run("test", "-m", model, fewer).good();
        Path out = dir.resolve("one" + suffix());
        run("extract", "-m", model, fewer, 0, "-o", out).good();
        assertThat(content(out)).isEqualTo(content(alone(0)));
        run("delete", fewer, "nothing").failed("no item nothing");
        if (oneFileEach()) {
            run("extract", "-f", "-m", model, fewer, name(2), "-o", out).good();
            assertThat(content(out)).isEqualTo(content(alone(2)));
            run("delete", fewer, "c*").good();
            assertThat(json("list", "--json", fewer).path("items").asInt()).isOne();
        }
        run("delete", fewer, "*").good();
        assertThat(json("list", "--json", fewer).path("items").asInt()).isZero();
    }

    @Test
    void additionsAreCompacted() throws IOException {
        Path grown = Files.copy(archive, dir.resolve("grown.ardm"));
        Path whole = Files.copy(archive, dir.resolve("whole.ardm"));
        Path more = source(dir, ITEMS, ADDED);
        run("add", "-m", model, "--no-times", grown, more).code();
        run("add", "-m", model, "--no-times", grown, alone(1)).code();
        long size = Files.size(grown);
        Object contents = json("list", "--json", grown).path("entries").size();
        assertThat(run("info", grown).good().out()).contains("1 part", "compact");
        run("compact", grown, whole).good();
        assertThat(Files.size(grown)).isLessThan(size - 100);
        assertThat(json("list", "--json", grown).path("entries").size()).isEqualTo(contents);
        assertThat(run("info", grown).good().out()).contains("1 part, 1 table").doesNotContain("compact");
        run("test", "-m", model, grown).good();
        assertThat(whole).hasSameBinaryContentAs(archive); // Nothing to gain, and nothing changed.
    }

    @Test
    void bytesDoNotDependOnThreads() throws IOException {
        Path other = dir.resolve("other.ardm");
        compressed(other, "--threads", 3, source);
        assertThat(other).hasSameBinaryContentAs(archive);
    }

    @Test
    void listShowsWhatIsThere() throws IOException {
        JsonNode list = json("list", "--json", archive);
        assertThat(list.path("items").asInt()).isEqualTo(ITEMS);
        assertThat(list.path("calls").asInt()).isEqualTo(callsTaken());
        assertThat(list.path("bytes").asLong()).isEqualTo(Files.size(archive));
        assertThat(list.path("layout").asString()).isEqualTo(layout());
        assertThat(list.path("entries")).hasSize(ITEMS);
        String text = run("list", archive).good().out();
        for (int k = 0; k < ITEMS; k++) {
            JsonNode entry = list.path("entries").get(k);
            assertThat(entry.path("bytes").asInt()).isPositive();
            assertThat(entry.path("name").asString("")).isEqualTo(oneFileEach() ? name(k) : "");
            assertThat(text).contains(oneFileEach() ? name(k) : "total");
        }
    }

    @Test
    void itemsAreExtractedByNumber() throws IOException {
        Path out = dir.resolve("one" + suffix());
        run("extract", archive, 1, "-o", out).good();
        assertThat(content(out)).isEqualTo(content(alone(1)));
        run("extract", archive, ITEMS, "-o", out).failed("no item " + ITEMS);
    }

    @Test
    void itemsAreExtractedByName() throws IOException {
        Path out = dir.resolve("one" + suffix());
        if (oneFileEach()) {
            run("extract", archive, name(1), "-o", out).good();
            assertThat(content(out)).isEqualTo(content(alone(1)));
        }
        run("extract", archive, "nothing", "-f", "-o", out).failed("no item nothing");
    }

    @Test
    void catWritesOneItem() throws IOException {
        Path out = Files.write(dir.resolve("cat" + suffix()), piped(NOTHING, "cat", archive, 2));
        assertThat(content(out)).isEqualTo(content(alone(2)));
    }

    @Test
    void itemsAreAdded() throws IOException {
        Path grown = Files.copy(archive, dir.resolve("grown.ardm"));
        byte[] before = Files.readAllBytes(archive);
        Cli.Result added = run("add", "-m", model, grown, source(dir, ITEMS, ADDED));
        assertThat(added.code()).as(added.err()).isZero();
        assertThat(Arrays.copyOf(Files.readAllBytes(grown), before.length)).isEqualTo(before);
        assertThat(run("test", "-m", model, grown).good().out()).contains("good, " + (ITEMS + ADDED) + " items");
        Path all = Files.createDirectory(dir.resolve("all"));
        if (filesStayApart()) {
            source(all, 0, ITEMS);
            source(all, ITEMS, ADDED);
            requireContents(grown, all, dir + "/back/");
        } else {
            requireContents(grown, source(all, 0, ITEMS + ADDED));
        }
    }

    @Test
    void pipesCarryAFile() throws IOException {
        Path file = alone(0);
        byte[] piped = piped(Files.readAllBytes(file), "compress", "-m", model, "--calls", CALLS, "-");
        Path back = Files.write(dir.resolve("back" + suffix()), piped(piped, "decompress", "-m", model, "-"));
        assertThat(content(back)).isEqualTo(content(file));
        Path whole = dir.resolve("whole.ardm");
        Files.write(whole, piped);
        Files.write(back, piped(NOTHING, "decompress", "-m", model, "-c", whole));
        assertThat(content(back)).isEqualTo(content(file));
    }

    @Test
    void anArchiveCanHoldItsModel() throws IOException {
        Path inside = dir.resolve("inside.ardm");
        compressed(inside, "--embed-model", source);
        Path without = Files.copy(archive, dir.resolve("without.ardm"));
        run("test", without).failed("model was not found");
        run("decompress", inside, "-o", target("back")).good();
        assertThat(contents(Path.of(target("back")))).isEqualTo(contents(source));
    }

    @Test
    void anotherModelIsRefused() throws IOException {
        Path other = dir.resolve("other.safetensors");
        writeModel(other, 2);
        Path copy = Files.copy(archive, dir.resolve("copy.ardm"));
        run("test", "-m", other, copy).failed("wrong model");
        run("decompress", "-m", other, copy, "-o", target("out")).failed("wrong model");
        run("add", "-m", other, copy, source(dir, ITEMS, ADDED)).failed("wrong model");
        assertThat(Path.of(target("out"))).doesNotExist();
        assertThat(copy).hasSameBinaryContentAs(archive);
    }

    /** An archive with a damaged byte in its second item. */
    private Path damaged() throws IOException {
        JsonNode entry = json("list", "--json", archive).path("entries").get(1);
        byte[] bytes = Files.readAllBytes(archive);
        bytes[(int) (entry.path("offset").asLong() + entry.path("bytes").asLong() / 2)] ^= 4;
        return Files.write(dir.resolve("damaged.ardm"), bytes);
    }

    @Test
    void damageStaysInItsItem() throws IOException {
        Path damaged = damaged();
        run("test", "-m", model, damaged).failed("damaged", sharesStreams() ? "3 of 3 items" : "item 1");
        String out = target("out");
        run("decompress", "-m", model, damaged, "-o", out).failed("item 1", "nothing was written");
        assertThat(Path.of(out)).doesNotExist();
        Path one = dir.resolve("one" + suffix());
        if (sharesStreams()) {
            run("extract", "-m", model, damaged, 2, "-o", one).failed("item 2", "group of " + ITEMS);
            return;
        }
        run("extract", "-m", model, damaged, 2, "-o", one); // in doubt if it shares a checksum with the damaged one
        assertThat(content(one)).isEqualTo(content(alone(2)));
        run("extract", "-f", "-m", model, damaged, 1, "-o", one).failed("item 1");
    }

    @Test
    void whatIsWholeIsRepaired() throws IOException {
        Path repaired = dir.resolve("repaired.ardm");
        run("repair", damaged(), "-o", repaired).failed("item");
        if (sharesStreams()) {
            run("test", "-m", model, repaired).failed("damaged"); // Only the model can tell.
            return;
        }
        run("extract", "-m", model, repaired, 0, "-o", dir.resolve("one" + suffix()));
        assertThat(content(dir.resolve("one" + suffix()))).isEqualTo(content(alone(0)));
        if (!oneFileEach()) {
            return; // one file of all items is not written with holes in it
        }
        run("decompress", "-m", model, "--keep-going", repaired, "-o", target("out"));
        Map<String, Object> whole = contents(source);
        whole.remove(name(1));
        assertThat(contents(Path.of(target("out")))).isEqualTo(whole);
    }

    @Test
    void anArchiveThatIsCutOffIsRepaired() throws IOException {
        byte[] bytes = Files.readAllBytes(archive);
        Path cut = Files.write(dir.resolve("cut.ardm"), Arrays.copyOf(bytes, bytes.length - 3));
        run("test", "-m", model, cut).failed(ITEMS + " items whole, 0 lost");
        Path repaired = dir.resolve("repaired.ardm");
        assertThat(run("repair", cut, "-o", repaired).out()).contains(ITEMS + " items, 0 lost");
        requireContents(repaired, source);
    }

    @Test
    void whatIsMissingIsFilled() throws IOException {
        Path before = oneFileEach() ? alone(1) : source;
        Path out = dir.resolve("filled" + suffix());
        Cli.Result filled = run("fill", "-m", model, "--input", before, "--mask", mask(), "--calls", CALLS, "-o", out);
        assertThat(filled.code()).as(filled.err()).isZero();
        assertThat(known(out)).isEqualTo(known(before));
        assertThat(content(out)).isNotEqualTo(content(before));
    }

    @Test
    void samplesCanBeCompressed() throws IOException {
        String drawn = target("drawn");
        run("sample", "-m", model, "-n", 2, "--calls", CALLS, "--seed", 3, "-o", drawn)
                .good();
        String again = target("again");
        run("sample", "-m", model, "-n", 2, "--calls", CALLS, "--seed", 3, "--threads", 1, "-o", again)
                .good();
        assertThat(contents(Path.of(again))).isEqualTo(contents(Path.of(drawn))).isNotEmpty();
        String other = target("other");
        run("sample", "-m", model, "-n", 2, "--calls", CALLS, "--seed", 4, "-o", other)
                .good();
        assertThat(contents(Path.of(other))).isNotEqualTo(contents(Path.of(drawn)));
        Path kept = dir.resolve("drawn.ardm");
        compressed(kept, drawn);
        requireContents(kept, Path.of(drawn));
    }

    /** One number, three times: what score says, what eval says, and what the archive takes. */
    @Test
    void scoreAndEvalAreWhatAnArchiveTakes() {
        JsonNode scores =
                json("score", "-m", model, "--calls", CALLS, "--json", source).path("items");
        JsonNode entries = json("list", "--json", archive).path("entries");
        assertThat(scores).hasSize(ITEMS);
        double bits = 0;
        double values = 0;
        for (int k = 0; k < ITEMS; k++) {
            double item = scores.get(k).path("bits").asDouble();
            double taken = 8 * entries.get(k).path("bytes").asDouble();
            assertThat(hasSide() ? 1 : taken).isBetween(1.0, 1.02 * item + 8 * 5);
            if (!entries.get(k).path("stored").asBoolean()) {
                assertThat(taken).isGreaterThan(0.98 * item);
            }
            bits += item;
            values += scores.get(k).path("values").asDouble();
        }
        JsonNode estimates = json("eval", "-m", model, "--data", source, "--calls", CALLS, "--json")
                .path("estimates");
        double wanted = bits / values;
        assertThat(estimates.valueStream().map(e -> e.path("bits_per_dimension").asDouble()))
                .anySatisfy(got -> assertThat(got).isCloseTo(wanted, within(1e-6)));
    }
}

package dev.ardm.cli;

import static dev.ardm.cli.Cli.piped;
import static dev.ardm.cli.Cli.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ardm.app.archive.Sources;
import dev.ardm.data.format.DataFormat;
import dev.ardm.data.registry.DataFormats;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** What people know of other compressors, of archives of files: docs/internals/compressor-checklist.md. */
@ResourceLock(Resources.SYSTEM_OUT)
class DocumentUsageTest {
    @TempDir
    Path dir;

    private Path model(String kind, String text, Map<String, String> options) throws IOException {
        Path train = Files.writeString(dir.resolve("train." + kind), text);
        DataFormat format = DataFormats.fit(kind, List.of(train), options);
        return Cli.write(dir.resolve("model.safetensors"), Cli.model(format, 1));
    }

    private Path textModel() throws IOException {
        return model("text", "abc \n".repeat(40), Map.of("window", "16"));
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void oneFileComesBackUnderItsName() throws IOException {
        Path model = textModel();
        for (String name : List.of("letter.txt", "README", "notes.2024")) {
            Path file = Files.writeString(dir.resolve(name), "abc ab " + name.length());
            run("compress", "-m", model, "-1", file).good();
            Files.delete(file);
            run("decompress", file + ".ardm").good();
            assertThat(file).hasContent("abc ab " + name.length());
            run("decompress", file + ".ardm").failed(name + ": exists already; --force replaces it");
            run("decompress", "-f", file + ".ardm").good();
        }
    }

    @Test
    void foldersComeBackUnderTheirNames() throws IOException {
        Path model = textModel();
        for (String name : List.of("notes", "notes.2024")) {
            Path folder =
                    Files.createDirectories(dir.resolve(name).resolve("deep")).getParent();
            Files.writeString(folder.resolve("a.txt"), "abc");
            Files.writeString(folder.resolve("deep/b"), "a b c");
            Map<String, String> before = Cli.files(folder);
            run("compress", "-m", model, "-1", folder).good();
            Path moved = Files.move(folder, dir.resolve(name + "-before"));
            run("decompress", folder + ".ardm").good();
            assertThat(Cli.files(folder)).isEqualTo(before);
            assertThat(Cli.files(moved)).isEqualTo(before);
        }
    }

    @Test
    void pipesCarryTheBytes() throws IOException {
        Path model = textModel();
        byte[] archive = piped(text("abc cab"), "compress", "-m", model, "-1", "-");
        Path file = Files.write(dir.resolve("stdin.ardm"), archive);
        assertThat(piped(new byte[0], "-dc", file, file)).isEqualTo(text("abc cababc cab"));
        assertThat(run("list", file).good().out()).contains("stdin.txt");

        piped(text("b"), "compress", "-q", "-m", model, "-1", "-", "-o", dir.resolve("named.txt.ardm"));
        run("decompress", dir.resolve("named.txt.ardm")).good();
        assertThat(dir.resolve("named.txt")).hasContent("b");
    }

    @Test
    void itemsAreShownOneByOne() throws IOException {
        Path model = textModel();
        Path in = Files.createDirectory(dir.resolve("in"));
        for (String name : List.of("a.txt", "b.txt", "7", "c.md")) {
            Files.writeString(in.resolve(name), "a " + name);
        }
        run("compress", "-m", model, "-1", in).warned("2 items stored without the model", "a.txt, b.txt");
        Path archive = dir.resolve("in.ardm");
        byte[] none = new byte[0];
        assertThat(piped(none, "cat", archive, "b.txt")).isEqualTo(text("a b.txt"));
        assertThat(piped(none, "cat", archive, "*.txt", "7")).isEqualTo(text("a 7a a.txta b.txt"));
        assertThat(piped(none, "cat", archive, 1)).isEqualTo(text("a a.txt"));
        run("cat", archive, "e.txt").failed("no item e.txt", "did you mean a.txt, b.txt?");
        run("decompress", "-c", archive).failed("holds 4 files, but standard output takes only one", "ardm cat");
        run("extract", archive, "7", "-o", dir.resolve("seven")).good();
        assertThat(dir.resolve("seven")).hasContent("a 7");
    }

    @Test
    void rowsAreShownAsATable() throws IOException {
        String table = "name,age\nann,31\nbob,42\ncid,31\n";
        Path model = model("csv", table, Map.of());
        Path file = Files.writeString(dir.resolve("people.csv"), table);
        run("compress", "-m", model, "-1", file).good();
        Files.delete(file);
        run("decompress", file + ".ardm").good();
        assertThat(file).hasContent(table);
        assertThat(new String(piped(new byte[0], "cat", file + ".ardm", 0, 2), StandardCharsets.UTF_8))
                .contains("ann,31", "cid,31")
                .doesNotContain("bob");
        assertThat(piped(new byte[0], "decompress", "-c", file + ".ardm")).isEqualTo(text(table));
        run("extract", file + ".ardm", 1).refused("rows of a table; give a file for them with -o");
    }

    @Test
    void sourcesAreRemovedWhenTheyAreSafe() throws IOException {
        Path model = textModel();
        Path in = Files.createDirectories(dir.resolve("in/deep")).getParent();
        Files.writeString(in.resolve("a.txt"), "abc");
        Files.writeString(in.resolve("deep/b.txt"), "cba");
        Map<String, String> before = Cli.files(in);
        Path archive = dir.resolve("in.ardm");
        Files.writeString(archive, "another");
        run("compress", "-m", model, "-1", "--rm", in).failed("in.ardm: exists already");
        assertThat(Cli.files(in)).isEqualTo(before);
        assertThat(run("compress", "-m", model, "-f", "-1", "--rm", in).good().out())
                .contains("removed 2 source files");
        assertThat(in).doesNotExist();
        run("decompress", archive).good();
        assertThat(Cli.files(in)).isEqualTo(before);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void everyNameThatFilesHaveComesBack() throws IOException {
        Path model = textModel();
        Path in = Files.createDirectory(dir.resolve("in"));
        Files.createDirectories(in.resolve("d".repeat(255) + "/e/".repeat(100)));
        for (String name :
                List.of("a:b", "what?*", "<x>|\"y\"", "q".repeat(255), "d".repeat(255) + "/e/".repeat(100) + "f")) {
            Files.writeString(in.resolve(name), "abc");
        }
        Map<String, String> before = Cli.files(in);
        assertThat(before).hasSizeGreaterThan(5);
        run("compress", "-m", model, "-1", "--rm", in).good();
        assertThat(in).doesNotExist();
        run("decompress", dir.resolve("in.ardm")).good();
        assertThat(Cli.files(in)).isEqualTo(before);
    }

    /** What would not come back is not removed, and what is not archived is told. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void noSourceIsRemovedThatWouldBeLost() throws IOException {
        Path model = textModel();
        Path in = Files.createDirectory(dir.resolve("in"));
        Files.writeString(in.resolve("a.txt"), "abc");
        Path strange = Files.writeString(in.resolve("b\t.txt"), "abc");
        run("compress", "-m", model, "-1", "--rm", in)
                .failed("b?.txt: a character of its name would change when restored");
        Files.delete(strange);
        Files.createSymbolicLink(in.resolve("link"), dir);
        run("compress", "-m", model, "-1", "--rm", in)
                .failed("link: is neither a file nor a folder", "not allowed with --rm");
        assertThat(in.resolve("a.txt")).exists();
        assertThat(dir.resolve("in.ardm")).doesNotExist();
        Cli.Result kept = run("compress", "-m", model, "-1", in);
        assertThat(kept.code()).isZero();
        assertThat(kept.err()).contains("1 file skipped, neither files nor folders: link");
    }

    /** The first number is what the files take. */
    @Test
    void theRatioIsOfTheFiles() throws IOException {
        Path in = Files.createDirectory(dir.resolve("in"));
        Files.writeString(in.resolve("a.txt"), "abc abc abc");
        Files.writeString(in.resolve("b.txt"), "cab");
        Files.createFile(in.resolve("c.txt"));
        assertThat(run("compress", "-m", textModel(), "-1", in).good().out()).contains("3 items, 14 bytes => ");
    }

    @Test
    void whatChangedMeanwhileIsKept() throws IOException {
        Path in = Files.createDirectory(dir.resolve("in"));
        Path one = Files.writeString(in.resolve("a.txt"), "abc");
        Path two = Files.writeString(in.resolve("b.txt"), "abc");
        Sources removal = Sources.of(List.of(in));
        Files.writeString(in.resolve("new.txt"), "later");
        Files.setLastModifiedTime(two, FileTime.fromMillis(1_000));
        assertThatThrownBy(removal::remove)
                .hasMessageContaining("b.txt: changed while it was compressed; nothing was deleted");
        assertThat(one).exists();
        Sources.of(List.of(one, two)).remove();
        assertThat(Cli.files(in)).containsOnlyKeys("new.txt");
    }
}

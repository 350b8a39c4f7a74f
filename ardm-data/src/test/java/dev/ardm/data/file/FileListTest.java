package dev.ardm.data.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ardm.data.DataException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Names of files are sorted the same way in memory and in a scratch file. */
class FileListTest {
    @TempDir
    Path dir;

    private static List<FileList.Entry> all(FileList.Cursor files) throws IOException {
        List<FileList.Entry> all = new ArrayList<>();
        for (FileList.Entry file = files.next(); file != null; file = files.next()) {
            all.add(file);
        }
        return all;
    }

    private static List<FileList.Entry> list(Path folder, @Nullable Path nextTo) throws IOException {
        try (FileList files = FileList.of(folder, nextTo)) {
            List<FileList.Entry> all = all(files.cursor());
            assertThat(all(files.cursor())).isEqualTo(all);
            assertThat(files.size()).isEqualTo(all.size());
            return all;
        }
    }

    @Test
    void moreFilesThanAreSortedInMemory() throws IOException {
        Path folder = Files.createDirectories(dir.resolve("in/b"));
        int count = FileList.RUN + 100;
        for (int i = 0; i < count; i++) {
            Files.createFile(folder.resolve(Integer.toString(i * 7919 % count, 36)));
        }
        Files.createFile(folder.resolve(".hidden"));
        Files.createFile(dir.resolve("in/a"));
        Files.createFile(dir.resolve("in/c \u00e9\u4e2d"));
        List<FileList.Entry> sorted = list(dir.resolve("in"), dir.resolve("target"));
        assertThat(sorted).isEqualTo(list(dir.resolve("in"), null)).hasSize(count + 2);
        assertThat(sorted.stream().map(FileList.Entry::name)).isSorted().startsWith("a", "b/0", "b/1");
        assertThat(Files.list(dir)).hasSize(1);
    }

    @Test
    void manyRunsAreMerged() throws IOException {
        Path folder = dir.resolve("in");
        List<FileList.Entry> entries = new ArrayList<>();
        Random random = new Random(1);
        for (int i = 0; i < 1000; i++) {
            String name = Integer.toString(random.nextInt(), 36) + "/" + i;
            entries.add(new FileList.Entry(folder.resolve(name), name));
        }
        try (SortedRuns runs = new SortedRuns(folder, dir.resolve("target"))) {
            assertThat(runs.cursor().next()).isNull();
            for (int from = 0; from < entries.size(); from += 5) {
                runs.add(sorted(entries.subList(from, from + 5)));
            }
            runs.add(List.of());
            assertThat(all(runs.cursor())).isEqualTo(sorted(entries));
            assertThat(all(runs.cursor())).isEqualTo(sorted(entries));
        }
        assertThat(dir).isEmptyDirectory();
    }

    private static List<FileList.Entry> sorted(List<FileList.Entry> entries) {
        return entries.stream()
                .sorted(Comparator.comparing(FileList.Entry::name))
                .toList();
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void whatIsNeitherFileNorFolderIsTold() throws IOException {
        Path folder = Files.createDirectories(dir.resolve("in/a")).getParent();
        Files.createFile(folder.resolve("a/file"));
        Files.createSymbolicLink(folder.resolve("a/link"), folder.resolve("a/file"));
        Files.createSymbolicLink(folder.resolve("folder"), folder.resolve("a"));
        Files.createSymbolicLink(folder.resolve("a/nowhere"), folder.resolve("none"));
        Files.createSymbolicLink(folder.resolve(".hidden"), folder.resolve("a"));
        List<String> others = new ArrayList<>();
        FileList.check(folder, others::add);
        assertThat(others).containsExactlyInAnyOrder("folder", "a/nowhere");
        assertThat(list(folder, null)).extracting(FileList.Entry::name).containsExactly("a/file", "a/link");
    }

    /** A file whose name has a byte that is no character, if there may be one. */
    private static Path strange(Path folder, String escaped) {
        try {
            return Files.createFile(Path.of(URI.create(folder.toUri() + escaped)));
        } catch (IOException | InvalidPathException e) {
            assumeTrue(false, "no such names here: " + e);
            throw new AssertionError(e);
        }
    }

    @Test
    void namesThatAreNotTextAreFoundAgain() throws IOException {
        Path folder = Files.createDirectory(dir.resolve("in"));
        Path strange = strange(folder, "x%FF.png");
        FileList.Entry entry =
                new FileList.Entry(strange, folder.relativize(strange).toString());
        assumeTrue(!folder.resolve(entry.name()).equals(strange), "all names are text here");
        try (SortedRuns runs = new SortedRuns(folder, dir.resolve("target"))) {
            runs.add(List.of(entry));
            assertThat(all(runs.cursor())).containsExactly(entry);
        }
        assertThat(list(folder, null)).containsExactly(entry);
        for (Path given : List.of(folder, strange)) {
            assertThatThrownBy(() -> FileList.check(given, other -> {}))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("its name is not of the character encoding");
        }

        strange(folder, "x%FE.png");
        assertThatThrownBy(() -> list(folder, null)).hasMessageContaining("another file has the same name");
    }
}

package dev.ardm.fuzz;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder for the files of one input at a time. */
final class Scratch implements Closeable {
    private final Path folder;

    Scratch() throws IOException {
        this.folder = Files.createTempDirectory("ardm-fuzz");
    }

    /** A path in the folder. */
    Path path(String name) {
        return folder.resolve(name);
    }

    /** A file with a content. */
    Path file(String name, byte[] content) throws IOException {
        return Files.write(folder.resolve(name), content);
    }

    /** An archive, whose end may be an append that was not finished: next to it is what a killed process leaves. */
    Path unfinished(String name, byte[] content) throws IOException {
        leaveLock(name);
        return file(name, content);
    }

    /** Leaves next to an archive what a killed process leaves that appended to it. */
    void leaveLock(String name) throws IOException {
        Files.createFile(folder.resolve("." + name + ".append-lock"));
    }

    /** What is in the folder itself, by name. */
    List<String> names() throws IOException {
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.map(path -> String.valueOf(path.getFileName()))
                    .sorted()
                    .toList();
        }
    }

    /** Deletes everything in the folder. */
    void empty() throws IOException {
        List<Path> inside = new ArrayList<>();
        try (Stream<Path> all = Files.walk(folder)) {
            all.filter(path -> !path.equals(folder))
                    .sorted(Comparator.reverseOrder())
                    .forEach(inside::add);
        }
        for (Path path : inside) {
            Files.delete(path);
        }
    }

    @Override
    public void close() throws IOException {
        empty();
        Files.delete(folder);
    }
}

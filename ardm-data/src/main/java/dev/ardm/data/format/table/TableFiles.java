package dev.ardm.data.format.table;

import dev.ardm.data.DataException;
import dev.ardm.data.file.FileList;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * The files of tables: those that were named, and of folders those whose names end in {@code .csv} or {@code .tsv} (or that
 * and {@code .gz}), without hidden ones, in the order of their names.
 *
 * @param names one for each path, all different: the file name, or the path relative to the folder
 */
record TableFiles(List<Path> paths, List<String> names, List<String> skipped) {
    /**
     * Lists files and folders.
     *
     * @throws DataException if one is not there, two have one name, or there are none
     */
    static TableFiles of(List<Path> given) throws IOException {
        Map<String, Path> seen = new HashMap<>();
        List<Path> paths = new ArrayList<>();
        List<String> names = new ArrayList<>();
        List<String> skipped = new ArrayList<>();
        for (Path path : given) {
            if (!Files.exists(path)) {
                throw new DataException(path + ": no such file or folder");
            }
            for (Path file : Files.isDirectory(path) ? inside(path) : List.of(path)) {
                String name = Files.isDirectory(path)
                        ? path.relativize(file)
                                .toString()
                                .replace(path.getFileSystem().getSeparator(), "/")
                        : String.valueOf(path.getFileName());
                if (Files.isDirectory(path) && !name.toLowerCase(Locale.ROOT).matches("(?s).*\\.[ct]sv(\\.gz)?")) {
                    skipped.add(name);
                    continue;
                }
                Path other = seen.put(name, file);
                if (other != null) {
                    throw new DataException(file + ": has the same name as " + other);
                }
                paths.add(file);
                names.add(name);
            }
        }
        if (paths.isEmpty()) {
            throw new DataException("no tables (.csv, .tsv) in " + given.get(0));
        }
        return new TableFiles(List.copyOf(paths), List.copyOf(names), List.copyOf(skipped));
    }

    private static List<Path> inside(Path folder) throws IOException {
        try (Stream<Path> walk = FileList.walk(folder)) {
            return walk.filter(path -> !hidden(folder.relativize(path)) && Files.isRegularFile(path))
                    .sorted()
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static boolean hidden(Path relative) {
        for (Path part : relative) {
            if (part.toString().startsWith(".")) {
                return true;
            }
        }
        return false;
    }

    int size() {
        return paths.size();
    }

    /**
     * Opens a file at its beginning.
     *
     * @param unpack whether it may be gzip, which is unpacked
     * @throws DataException if it is gzip and may not
     */
    CsvReader open(int index, char delimiter, boolean unpack) throws IOException {
        Path path = paths.get(index);
        InputStream in = new BufferedInputStream(Files.newInputStream(path));
        try {
            in.mark(2);
            boolean gzip = in.read() == 0x1F && in.read() == 0x8B;
            in.reset();
            if (gzip && !unpack) {
                throw new DataException(path + ": is gzip, which cannot be restored byte for byte; unpack it first");
            }
            return new CsvReader(gzip ? new GZIPInputStream(in, 1 << 16) : in, path.toString(), delimiter);
        } catch (EOFException | ZipException e) {
            in.close();
            throw new DataException(path + ": damaged gzip data: " + e.getMessage(), e);
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }
}

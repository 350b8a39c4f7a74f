package dev.ardm.data.registry;

import dev.ardm.data.DataException;
import dev.ardm.data.file.FileList;
import dev.ardm.data.file.FileNames;
import dev.ardm.data.format.ArrayFormat;
import dev.ardm.data.format.InputFiles;
import dev.ardm.data.format.line.LineFormat;
import dev.ardm.data.format.sequence.WavCodec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Guesses kinds of files. */
final class FileKinds {
    private static final Map<String, String> BY_EXTENSION = Map.ofEntries(
            Map.entry("txt", "text"),
            Map.entry("text", "text"),
            Map.entry("wav", WavCodec.KIND),
            Map.entry("wave", WavCodec.KIND),
            Map.entry("csv", "csv"),
            Map.entry("tsv", "csv"),
            Map.entry("npy", ArrayFormat.KIND),
            Map.entry("idx", ArrayFormat.KIND),
            Map.entry("log", LineFormat.KIND),
            Map.entry("ndjson", LineFormat.KIND),
            Map.entry("jsonl", LineFormat.KIND));

    /** Logs that were put aside: {@code x.log.1}, {@code x.log-20260131}, {@code x.log.2026-01-31}. */
    private static final Pattern ROTATED = Pattern.compile(".*\\.log[.-][0-9][-._:t0-9]*");

    private FileKinds() {}

    /** See {@link DataFormats#guess}. */
    static Optional<String> guess(Path path) throws IOException {
        if (!Files.exists(path)) {
            throw DataException.in(path.toString(), "no such file or folder");
        }
        if (Files.isDirectory(path)) {
            return common(path, namesInFolder(path));
        }
        Optional<String> byName = byName(String.valueOf(path.getFileName()));
        if (byName.isPresent()) {
            return byName;
        }
        if (InputFiles.isZip(path)) {
            return common(path, InputFiles.namesInZip(path));
        }
        return byContent(path);
    }

    private static Optional<String> byName(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (FileNames.hasImageExtension(lower)) {
            return Optional.of(ArrayFormat.KIND);
        }
        String plain = lower.endsWith(".gz") ? lower.substring(0, lower.length() - 3) : lower;
        if (plain.endsWith("-ubyte")) {
            return Optional.of(ArrayFormat.KIND); // as files of the IDX format are named
        }
        if (ROTATED.matcher(plain).matches()) {
            return Optional.of(LineFormat.KIND);
        }
        @Nullable String kind = BY_EXTENSION.get(plain.substring(plain.lastIndexOf('.') + 1));
        return plain.lastIndexOf('.') >= 0 ? Optional.ofNullable(kind) : Optional.empty();
    }

    /** Whether the name of a file does not say that it is of another kind. */
    static boolean mayBe(String kind, String name) {
        return byName(name).orElse(kind).equals(kind);
    }

    /** The kind that most files have; those without a kind do not count, as long as they are not more. */
    private static Optional<String> common(Path path, List<String> names) throws DataException {
        Map<String, List<String>> byKind = new TreeMap<>();
        for (String name : names) {
            String kind = byName(name).orElse("");
            // Arrays are read one by one, not from folders.
            if (!kind.isEmpty() && (!kind.equals(ArrayFormat.KIND) || FileNames.hasImageExtension(name))) {
                byKind.computeIfAbsent(kind, key -> new ArrayList<>()).add(name);
            }
        }
        List<String> most = byKind.values().stream()
                .max(Comparator.comparingInt(List::size))
                .orElse(List.of());
        int known = byKind.values().stream().mapToInt(List::size).sum();
        if (2 * most.size() <= known || (most.size() < names.size() - known && byKind.size() > 1)) {
            if (byKind.size() < 2) {
                return Optional.empty();
            }
            throw DataException.in(
                    path.toString(),
                    "has files of several kinds: "
                            + byKind.entrySet().stream()
                                    .map(entry -> entry.getValue().size() + " of " + entry.getKey() + " ("
                                            + entry.getValue().get(0) + ")")
                                    .collect(Collectors.joining(", "))
                            + "; --kind " + String.join("|", byKind.keySet()) + " says which of them are meant");
        }
        return byKind.entrySet().stream()
                .filter(entry -> entry.getValue() == most)
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static List<String> namesInFolder(Path folder) throws IOException {
        List<String> names = new ArrayList<>();
        try (FileList files = FileList.of(folder, null)) {
            FileList.Cursor cursor = files.cursor();
            for (FileList.Entry entry = cursor.next(); entry != null; entry = cursor.next()) {
                names.add(entry.name());
            }
        }
        return names;
    }

    private static Optional<String> byContent(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            String head = new String(in.readNBytes(12), StandardCharsets.ISO_8859_1);
            return head.startsWith("RIFF") && head.endsWith("WAVE") ? Optional.of(WavCodec.KIND) : Optional.empty();
        }
    }
}

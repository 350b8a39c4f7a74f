package dev.ardm.data.registry;

import dev.ardm.data.DataException;
import dev.ardm.data.file.FileList;
import dev.ardm.data.format.InputFiles;
import dev.ardm.data.format.line.LineFormat;
import dev.ardm.data.format.sequence.WavCodec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Guesses kinds of files. */
final class FileKinds {
    private static final Map<String, String> BY_EXTENSION = Map.of(
            "txt",
            "text",
            "text",
            "text",
            "wav",
            WavCodec.KIND,
            "wave",
            WavCodec.KIND,
            "csv",
            "csv",
            "log",
            LineFormat.KIND,
            "ndjson",
            LineFormat.KIND,
            "jsonl",
            LineFormat.KIND);

    private FileKinds() {}

    /** See {@link DataFormats#guess}. */
    static Optional<String> guess(Path path) throws IOException {
        if (!Files.exists(path)) {
            throw DataException.in(path.toString(), "no such file or folder");
        }
        if (Files.isDirectory(path)) {
            return common(namesInFolder(path));
        }
        Optional<String> byName = byName(String.valueOf(path.getFileName()));
        if (byName.isPresent()) {
            return byName;
        }
        if (InputFiles.isZip(path)) {
            return common(InputFiles.namesInZip(path));
        }
        return byContent(path);
    }

    private static Optional<String> byName(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        String plain = lower.endsWith(".gz") ? lower.substring(0, lower.length() - 3) : lower;
        @Nullable String kind = BY_EXTENSION.get(plain.substring(plain.lastIndexOf('.') + 1));
        return plain.lastIndexOf('.') >= 0 ? Optional.ofNullable(kind) : Optional.empty();
    }

    private static Optional<String> common(List<String> names) {
        Set<String> kinds =
                names.stream().flatMap(name -> byName(name).stream()).collect(Collectors.toSet());
        return kinds.size() == 1 ? kinds.stream().findAny() : Optional.empty();
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

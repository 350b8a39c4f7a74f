package dev.ardm.coding.format;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Says of a file that is not what was expected what it is, from its first bytes. */
public final class FileSignature {
    /** How many first bytes of a file suffice. */
    public static final int BYTES = 64;

    /** What {@link #of} calls a safetensors file. */
    public static final String SAFETENSORS = "a safetensors file, as models are";

    /** Where the JSON of a safetensors file begins. */
    private static final int SAFETENSORS_HEADER = 8;

    private static final Map<String, String> STARTS = starts();

    private FileSignature() {}

    private static Map<String, String> starts() {
        Map<String, String> starts = new LinkedHashMap<>();
        starts.put(text(ArchiveFormat.magic()), "an ardm archive");
        starts.put("\u0089PNG\r\n\u001A\n", "a PNG image");
        starts.put("PK\u0003\u0004", "a ZIP or JAR file");
        starts.put("\u001F\u008B", "a gzip file");
        starts.put("\u0028\u00B5\u002F\u00FD", "a zstd file");
        starts.put("\u00FF\u00D8\u00FF", "a JPEG image");
        starts.put("GIF8", "a GIF image");
        starts.put("RIFF", "a RIFF file, such as WAV or WebP");
        starts.put("\u0093NUMPY", "a NumPy array");
        return starts;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /**
     * What a file is, as {@code an ardm archive}; empty if that does not show.
     *
     * @param start its first bytes, {@link #BYTES} or all that it has
     */
    public static Optional<String> of(byte[] start) {
        if (start.length == 0) {
            return Optional.of("empty");
        }
        String text = text(Arrays.copyOf(start, Math.min(start.length, BYTES)));
        for (Map.Entry<String, String> known : STARTS.entrySet()) {
            if (text.startsWith(known.getKey())) {
                return Optional.of(known.getValue());
            }
        }
        if (text.startsWith("{\"", SAFETENSORS_HEADER)) {
            return Optional.of(SAFETENSORS);
        }
        return isText(text) ? Optional.of("text") : Optional.empty();
    }

    private static boolean isText(String start) {
        return start.chars().allMatch(c -> c >= ' ' && c != 0x7F || c == '\n' || c == '\r' || c == '\t');
    }
}

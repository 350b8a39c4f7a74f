package dev.ardm.fuzz;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** All targets. Only the one that is asked for is made: some take a while. */
final class FuzzTargets {
    private static final Map<String, Supplier<FuzzTarget>> ALL = new LinkedHashMap<>();

    static {
        ALL.put("archive", ArchiveTarget::new);
        ALL.put("recovery", RecoveryTarget::new);
        ALL.put("append", AppendTarget::new);
        ALL.put("store", StoreTarget::new);
        ALL.put("embedded-model", EmbeddedModelTarget::new);
        ALL.put("stream", StreamTarget::new);
        ALL.put("plan", PlanTarget::new);
        ALL.put("round-trip", RoundTripTarget::new);
        ALL.put("model", ModelTarget::new);
        ALL.put("records", RecordsTarget::new);
        ALL.put("model-metadata", ModelMetadataTarget::new);
        ALL.put("format-definition", FormatDefinitionTarget::new);
        Map<String, String> window = Map.of("window", "8");
        format("npy", "array", "input.npy", Map.of());
        format("idx", "array", "input.idx", Map.of());
        format("csv", "csv", "input.csv", Map.of("max-vocabulary", "4", "bins", "4"));
        format("wav", "wav", "input.wav", window);
        format("mu-law", "wav-mu-law-lossy", "input.wav", window);
        format("text", "text", "input.txt", Map.of("window", "8", "max-alphabet", "4"));
        format("bytes", "bytes", "input.bin", window);
        // Fitting an alphabet counts a million characters: one target does that.
        String text = "{\"kind\":\"text\",\"version\":1,\"window\":8,\"alphabet\":[32,97,101,108,111],\"other\":true}";
        ALL.put("gzip", () -> FormatTarget.fixed("gzip", text, "input.txt.gz"));
        ALL.put("zip", () -> FormatTarget.fixed("zip", text, "input.zip"));
        ALL.put("image", ImageTarget::new);
        ALL.put("photograph", PhotographTarget::new);
        ALL.put("png-text", PngTextTarget::new);
        ALL.put("mask", MaskTarget::new);
        ALL.put("item-names", ItemNamesTarget::new);
    }

    private FuzzTargets() {}

    private static void format(String name, String kind, String fileName, Map<String, String> options) {
        ALL.put(name, () -> FormatTarget.fitted(name, kind, options, fileName));
    }

    /** Their names, in the order in which they are listed. */
    static List<String> names() {
        return List.copyOf(ALL.keySet());
    }

    /**
     * The target of a name.
     *
     * @throws IllegalArgumentException if there is none
     */
    static FuzzTarget named(String name) {
        Supplier<FuzzTarget> target = ALL.get(name);
        if (target == null) {
            throw new IllegalArgumentException("no target " + name + "; there are " + names());
        }
        return target.get();
    }
}

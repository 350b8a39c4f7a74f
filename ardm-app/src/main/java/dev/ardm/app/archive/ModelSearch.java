package dev.ardm.app.archive;

import dev.ardm.core.model.ModelParts;
import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the model that an archive was made with: files {@code *.safetensors} and run folders, by the id they state, in the
 * folders of the variable {@value #VARIABLE}, next to the archive, in the folder {@code models} there, and in that of the
 * current folder.
 *
 * @param places folders, or model files, in the order in which they are looked into
 * @param variable the value of the variable; null if it is not set
 */
public record ModelSearch(List<Path> places, @Nullable String variable) {
    /** Folders separated as in {@code PATH}. */
    public static final String VARIABLE = "ARDM_MODEL_PATH";

    /** The model file in the folder of a finished run. */
    public static final String MODEL_FILE = "model.safetensors";

    private static final String FOLDER = "models";

    /** How the names of model files end. */
    public static final String EXTENSION = ".safetensors";

    /** Keeps a copy. */
    public ModelSearch {
        places = List.copyOf(places);
    }

    /** The search for an archive's model, with the variable of this process. */
    public static ModelSearch around(Path archive) {
        return around(archive, System.getenv(VARIABLE));
    }

    /** The search with a value of the variable. */
    public static ModelSearch around(Path archive, @Nullable String variable) {
        Set<Path> places = new LinkedHashSet<>();
        for (String folder : variable == null ? new String[0] : variable.split(File.pathSeparator, -1)) {
            if (!folder.isEmpty()) {
                places.add(Path.of(folder));
            }
        }
        Path folder = Path.of(".").resolve(archive).getParent();
        if (folder != null) {
            places.add(folder.normalize());
            places.add(folder.resolve(FOLDER).normalize());
        }
        places.add(Path.of(FOLDER));
        return new ModelSearch(List.copyOf(places), variable);
    }

    /** The search where there is no archive yet: only where models are put on purpose. */
    public static ModelSearch anywhere() {
        ModelSearch around = around(Path.of(FOLDER, FOLDER));
        return new ModelSearch(
                around.places.stream()
                        .filter(place -> !place.endsWith(Path.of(FOLDER, FOLDER)))
                        .toList(),
                around.variable);
    }

    /** What was found on the way. */
    public static final class Result {
        private @Nullable Path found;
        private int others;

        /** The file of the model. */
        public Optional<Path> found() {
            return Optional.ofNullable(found);
        }

        /** How many models were looked at that are not the one. */
        public int others() {
            return others;
        }
    }

    /**
     * Finds a model.
     *
     * @param id in hexadecimal
     */
    public Result find(String id) {
        Result result = new Result();
        for (Path place : places) {
            for (Path candidate : candidates(place)) {
                Set<String> stated = statedIds(candidate);
                if (stated.contains(id)) {
                    result.found = candidate;
                    return result;
                }
                result.others += stated.isEmpty() ? 0 : 1;
            }
        }
        return result;
    }

    /** The model files there are, by the first id that each states; of several files with one id the first. */
    public Map<String, Path> all() {
        Map<String, Path> models = new LinkedHashMap<>();
        for (Path place : places) {
            for (Path candidate : candidates(place)) {
                statedIds(candidate).stream().findFirst().ifPresent(id -> models.putIfAbsent(id, candidate));
            }
        }
        return models;
    }

    private static Set<String> statedIds(Path file) {
        try {
            return ModelParts.statedIds(file);
        } catch (IOException e) {
            return Set.of(); // Files of other programs have this ending as well.
        }
    }

    private static List<Path> candidates(Path place) {
        if (Files.isRegularFile(place)) {
            return List.of(place);
        }
        List<Path> candidates = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(place)) {
            for (Path entry : entries) {
                if (entry.toString().endsWith(EXTENSION)) {
                    candidates.add(entry);
                } else if (Files.exists(entry.resolve(MODEL_FILE))) {
                    candidates.add(entry.resolve(MODEL_FILE));
                }
            }
        } catch (IOException e) {
            return List.of(); // A folder that is not there holds no models.
        }
        candidates.sort(null);
        return candidates;
    }

    /** Where was looked, for people. */
    public String describe() {
        List<String> names = new ArrayList<>();
        for (Path place : places) {
            String name = place.toString().isEmpty() ? "." : place.toString();
            names.add(Files.exists(place) ? name : name + " (not there)");
        }
        return String.join(", ", names) + (variable == null ? "; " + VARIABLE + " is not set" : "");
    }
}

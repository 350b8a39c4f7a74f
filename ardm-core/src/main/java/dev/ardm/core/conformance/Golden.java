package dev.ardm.core.conformance;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;

/**
 * The hashes that committed models must give, read from the file next to their folders. For each model there are its id and three lists: of
 * logits for each input, of streams for each item encoded, of values for each item of its archive; of models of other families the
 * last one only. An entry of a list is the
 * first {@value #SHORT} hexadecimal digits of a SHA-256.
 */
final class Golden {
    /** The file in the folder of models. */
    static final String FILE = "golden.properties";

    /** Digits of a hash in a list. */
    static final int SHORT = 16;

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]*");
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{" + SHORT + "}");
    private static final Pattern SPACES = Pattern.compile("\\s+");

    private final Path file;
    private final Properties values = new Properties();

    private Golden(Path file) {
        this.file = file;
    }

    /**
     * @param models the folder of models
     * @throws IOException if it cannot be read
     */
    static Golden read(Path models) throws IOException {
        Golden golden = new Golden(models.resolve(FILE));
        try (BufferedReader reader = Files.newBufferedReader(golden.file, StandardCharsets.UTF_8)) {
            golden.values.load(reader);
        } catch (IllegalArgumentException e) {
            throw new IOException(golden.file + ": " + e.getMessage(), e);
        }
        return golden;
    }

    /** Names of the models of which logits are compared: of their folders, and in the keys. */
    List<String> models() throws IOException {
        return names("models");
    }

    /** Names of the models of other families, of which the archive is. */
    List<String> archives() throws IOException {
        return names("archives");
    }

    private List<String> names(String key) throws IOException {
        List<String> names = words(key);
        for (String name : names) {
            if (!NAME.matcher(name).matches()) {
                throw new IOException(file + ": '" + name + "' cannot be the name of a model");
            }
        }
        return names;
    }

    /** Whether a model is too slow to evaluate for the small sets of checks. */
    boolean isLarge(String model) throws IOException {
        return switch (text(model + ".size")) {
            case "large" -> true;
            case "tiny" -> false;
            default -> throw new IOException(file + ": " + model + ".size must be tiny or large");
        };
    }

    /** A model's golden archive. */
    Path archive(String model) throws IOException {
        String name = text(model + ".archive");
        if (name.indexOf('/') >= 0 || name.indexOf('\\') >= 0) {
            throw new IOException(file + ": " + model + ".archive must be the name of a file");
        }
        return file.resolveSibling(model).resolve(name);
    }

    /** The value of a key. */
    String text(String key) throws IOException {
        String value = values.getProperty(key);
        if (value == null) {
            throw new IOException(file + ": no " + key);
        }
        return value.strip();
    }

    /** The first {@code count} of a list of hashes. */
    List<String> list(String key, int count) throws IOException {
        int size = words(key).size();
        if (size < count) {
            throw new IOException(file + ": " + key + " has " + size + " hashes, " + count + " are needed");
        }
        return all(key).subList(0, count);
    }

    /** A list of hashes. */
    List<String> all(String key) throws IOException {
        List<String> all = words(key);
        for (String hash : all) {
            if (!HASH.matcher(hash).matches()) {
                throw new IOException(file + ": '" + hash + "' in " + key + " is not a hash");
            }
        }
        return all;
    }

    private List<String> words(String key) throws IOException {
        return List.of(SPACES.split(text(key)));
    }
}

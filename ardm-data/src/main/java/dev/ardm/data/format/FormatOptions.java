package dev.ardm.data.format;

import dev.ardm.data.DataException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Options of a format as the user wrote them. Unknown ones are refused by {@link #requireAllKnown}. */
public final class FormatOptions {
    private final String kind;
    private final Map<String, String> values;
    private final Predicate<String> wanted;
    private final Set<String> known = new TreeSet<>();

    /** Options of a kind that was named: all files are meant that can be of it. */
    public FormatOptions(String kind, Map<String, String> values) {
        this(kind, values, name -> true);
    }

    /**
     * Options of a kind.
     *
     * @param wanted whether a file of a folder or zip file is meant, by its name; the others are skipped
     */
    public FormatOptions(String kind, Map<String, String> values, Predicate<String> wanted) {
        this.kind = kind;
        this.wanted = wanted;
        this.values = new TreeMap<>(values);
    }

    /** Whether a file of a folder or zip file is meant, by its name. */
    public Predicate<String> wanted() {
        return wanted;
    }

    /** The text of an option, if it was given. */
    public Optional<String> text(String name) {
        known.add(name);
        return Optional.ofNullable(values.get(name));
    }

    /** A whole number in {@code [min, max]}. */
    public int integer(String name, int absent, int min, int max) throws DataException {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return absent;
        }
        try {
            int value = Integer.parseInt(text.get());
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Falls through to the complaint.
        }
        throw wrong(name, text.get(), "must be a whole number from " + min + " to " + max);
    }

    /** {@code true} or {@code false}; false if absent. */
    public boolean flag(String name) throws DataException {
        String text = text(name).orElse("false");
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw wrong(name, text, "must be true or false");
        };
    }

    /** A regular expression of {@link Pattern}. */
    public Optional<Pattern> pattern(String name) throws DataException {
        Optional<String> text = text(name);
        try {
            return text.map(Pattern::compile);
        } catch (PatternSyntaxException e) {
            throw wrong(name, text.orElseThrow(), "is not a regular expression: " + e.getDescription());
        }
    }

    /** A complaint about the value of an option. */
    public DataException wrong(String name, String value, String cause) {
        return new DataException("option " + name + " of the " + kind + " format " + cause + ", not '" + value + "'");
    }

    /** Refuses options that were given but never asked for. */
    public void requireAllKnown() throws DataException {
        for (String name : values.keySet()) {
            if (!known.contains(name)) {
                throw new DataException("the " + kind + " format: unknown option '" + name + "'"
                        + (known.isEmpty() ? "; it has none" : "; known: " + String.join(", ", known)));
            }
        }
    }
}

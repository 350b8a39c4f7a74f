package dev.ardm.cli;

import dev.ardm.app.Text;
import dev.ardm.core.Item;
import dev.ardm.data.format.DataFormat;
import dev.ardm.data.format.TableColumn;
import dev.ardm.data.format.TableFormat;
import java.io.IOException;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What {@code --mask} says of documents: {@code missing:PART} or {@code known:PART}. Parts of sequences are {@code all},
 * {@code prefix=N}, {@code suffix=N} and {@code range=FROM,TO}, in characters, bytes or frames, of sound also in seconds
 * ({@code 1.5s}); of tables {@code columns=A,B}, and by default the fields that are empty or a question mark are missing.
 */
final class DocumentMask {
    /** The mask of tables: fields that say nothing are missing. */
    static final String FIELDS = "missing:fields";

    private static final String HELP = "; expected missing:PART or known:PART with PART one of ";
    private static final String OF_SEQUENCES =
            "all, prefix=N, suffix=N, range=FROM,TO (of sound also in seconds: 1.5s)";
    private static final String OF_TABLES = "all, columns=A,B,...; or " + FIELDS;

    private final String spec;
    private final DataFormat format;
    private final boolean known;
    private final String part;
    private final List<String> arguments;

    /**
     * Understands a mask.
     *
     * @throws IllegalArgumentException saying what is wrong with the text and what is allowed
     */
    DocumentMask(String spec, DataFormat format) {
        this.spec = spec;
        this.format = format;
        this.known = spec.startsWith("known:");
        if (!known && !spec.startsWith("missing:")) {
            throw wrong("is not understood");
        }
        String text = spec.substring(spec.indexOf(':') + 1);
        int equals = text.indexOf('=');
        this.part = equals < 0 ? text : text.substring(0, equals);
        this.arguments =
                equals < 0 ? List.of() : List.of(text.substring(equals + 1).split(",", -1));
        int wanted =
                switch (part) {
                    case "all" -> 0;
                    case "prefix", "suffix" -> 1;
                    case "range" -> 2;
                    case "fields", "columns" -> -1;
                    default -> throw wrong("is not understood");
                };
        boolean ofTables = part.equals("fields") || part.equals("columns");
        if (!part.equals("all") && format.sequences() == ofTables) {
            throw wrong("is not for files of kind " + format.kind());
        }
        if (ofTables && !(format instanceof TableFormat)) {
            throw wrong("is not for files of kind " + format.kind());
        }
        if (part.equals("fields") && (known || !arguments.isEmpty())) {
            throw wrong("is not understood");
        }
        if (wanted >= 0 && arguments.size() != wanted) {
            throw wrong("needs " + Text.count(wanted, "number"));
        }
        if (!ofTables) {
            arguments.forEach(this::place);
        }
    }

    private IllegalArgumentException wrong(String cause) {
        return new IllegalArgumentException(
                "mask \"" + spec + "\" " + cause + HELP + (format.sequences() ? OF_SEQUENCES : OF_TABLES));
    }

    /** A place in a sequence: a number of symbols. */
    private long place(String text) {
        JsonNode rate = format.definition().path("rate");
        try {
            long frames;
            if (text.endsWith("s") && rate.isNumber()) {
                frames = Math.round(Double.parseDouble(text.substring(0, text.length() - 1)) * rate.asInt());
            } else {
                frames = Integer.parseInt(text);
            }
            if (frames < 0 || frames > Integer.MAX_VALUE) {
                throw wrong("has a place outside of any file, " + text);
            }
            return frames * format.symbolsPerFrame();
        } catch (NumberFormatException e) {
            throw wrong("has something that is no place, " + text);
        }
    }

    /**
     * Which values of a document are known.
     *
     * @param length how many values it shall have; those behind its own are missing
     * @throws IOException if the document is damaged, or there is no column of a name
     */
    boolean[] known(Item document, int length) throws IOException {
        if (part.equals("fields")) {
            return ((TableFormat) format).known(document, DocumentMask::saysNothing);
        }
        int own = Math.min(length, document.values().length);
        boolean[] flags = new boolean[length];
        if (part.equals("columns")) {
            boolean[] named = ((TableFormat) format).known(arguments);
            // A row without a field for each column has nothing that could be drawn.
            boolean[] whole = ((TableFormat) format).known(document, text -> true);
            for (int i = 0; i < flags.length; i++) {
                flags[i] = named[i] == known || whole[i];
            }
            return flags;
        }
        long from =
                switch (part) {
                    case "suffix" -> own - Math.min(own, place(arguments.get(0)));
                    case "range" -> place(arguments.get(0));
                    default -> 0;
                };
        long to =
                switch (part) {
                    case "prefix" -> place(arguments.get(0));
                    case "range" -> place(arguments.get(1));
                    default -> own;
                };
        for (int i = 0; i < own; i++) {
            flags[i] = (i >= from && i < to) == known;
        }
        return flags;
    }

    private static boolean saysNothing(String field) {
        String text = field.strip();
        return text.isEmpty() || text.equals("?");
    }

    /** How many fields of a row are missing. */
    static int missingFields(TableFormat format, boolean[] known) {
        int missing = 0;
        for (TableColumn column : format.columns()) {
            missing += known[column.firstVariable()] ? 0 : 1;
        }
        return missing;
    }

    /** How many values are missing. */
    static int missing(boolean[] known) {
        int count = 0;
        for (boolean flag : known) {
            count += flag ? 0 : 1;
        }
        return count;
    }
}

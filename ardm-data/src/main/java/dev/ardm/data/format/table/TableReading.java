package dev.ardm.data.format.table;

import dev.ardm.data.DataException;
import dev.ardm.data.format.FormatOptions;
import dev.ardm.data.format.InputFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How one file is read for a model, found by looking at its beginning: what separates its fields, whether its first line has names,
 * which columns are which, and how they are written.
 *
 * @param header whether the first line has the names of the columns
 * @param notes what was assumed
 * @param refusal why the rows are not those of the model; empty if they are
 */
record TableReading(TableLayout layout, boolean header, List<String> notes, String refusal) {
    private static final String DELIMITERS = ",;\t|";

    /** Rows that are looked at for how columns are written. */
    private static final int SAMPLE = 256;

    /** Fewer rows can all be new to the model. */
    private static final int ENOUGH = 8;

    /** Byte order marks of texts that are not read. */
    private static final List<String> UTF_16 = List.of("\u00FF\u00FE", "\u00FE\u00FF");

    /**
     * What the user says of all files; null where it is to be found.
     *
     * @param delimiter between fields
     * @param header whether the first line has the names of the columns
     */
    record Wanted(@Nullable Character delimiter, @Nullable Boolean header) {
        static final Wanted NOTHING = new Wanted(null, null);

        /** The options {@code delimiter} and {@code header}. */
        static Wanted of(FormatOptions options) throws DataException {
            String text = options.text("delimiter").orElse(null);
            Character delimiter = null;
            if (text != null) {
                delimiter = text.equals("tab") ? '\t' : text.length() == 1 ? text.charAt(0) : '"';
                if (!TableDefinition.delimits(delimiter)) {
                    throw options.wrong(
                            "delimiter", text, "must be tab or one ASCII character other than quote, CR and LF");
                }
            }
            return new Wanted(delimiter, options.text("header").isPresent() ? options.flag("header") : null);
        }
    }

    /** The first row of a file with a delimiter, and how much it looks like the model's. */
    private record Head(char delimiter, @Nullable CsvRow row, TableMatch match, boolean fits) {
        static Head of(InputFile file, char delimiter, TableDefinition definition, InputFile.Gzip gzip)
                throws IOException {
            List<String> model =
                    definition.columns().stream().map(TableColumn::name).toList();
            try (CsvReader reader = open(file, delimiter, gzip)) {
                CsvRow row = reader.next();
                boolean named =
                        row != null && definition.header() != null && row.fields() <= TableDefinition.MAX_COLUMNS;
                return new Head(
                        delimiter,
                        row,
                        TableMatch.of(named && row != null ? row.contents() : List.of(), model),
                        row != null && row.fields() == model.size());
            }
        }

        boolean better(Head other) {
            return match.found() > other.match.found() || (match.found() == other.match.found() && fits && !other.fits);
        }
    }

    /** Opens a file at its beginning. */
    static CsvReader open(InputFile file, char delimiter, InputFile.Gzip gzip) throws IOException {
        return new CsvReader(file.open(gzip), file.place(), delimiter);
    }

    /** Looks at the beginning of a file. */
    static TableReading of(InputFile file, TableDefinition definition, Wanted wanted, InputFile.Gzip gzip)
            throws IOException {
        Set<Character> candidates = new LinkedHashSet<>();
        candidates.add(wanted.delimiter != null ? wanted.delimiter : definition.delimiter());
        for (int i = 0; wanted.delimiter == null && i < DELIMITERS.length(); i++) {
            candidates.add(DELIMITERS.charAt(i));
        }
        Head head = null;
        for (char candidate : candidates) {
            Head other;
            try {
                other = Head.of(file, candidate, definition, gzip);
            } catch (DataException e) {
                if (head == null) {
                    throw e;
                }
                continue; // With what does not separate its fields, a row may be too long for one.
            }
            Head best = head == null || other.better(head) ? other : head;
            head = best;
            if (best.match.lacking().isEmpty() || (definition.header() == null && best.fits)) {
                break;
            }
        }
        if (head == null) {
            throw new IllegalStateException("no delimiters");
        }
        return of(file, definition, wanted, head, gzip);
    }

    private static TableReading of(
            InputFile file, TableDefinition definition, Wanted wanted, Head head, InputFile.Gzip gzip)
            throws IOException {
        int columns = definition.columns().size();
        boolean named = definition.header() != null;
        int found = head.match.found();
        // One name among values may be chance.
        boolean looksNamed = found > 0 && (!head.fits || 2 * found >= columns);
        boolean header = wanted.header != null ? wanted.header : named && (looksNamed || head.row == null);
        List<String> notes = new ArrayList<>();
        if (head.delimiter != definition.delimiter() && wanted.delimiter == null && head.row != null) {
            notes.add("the fields are separated by " + shown(head.delimiter));
        }
        String refusal = "";
        TableLayout layout = TableLayout.of(head.delimiter, columns);
        if (header && named && head.row != null) {
            refusal = head.match.refusal();
            if (found > 0) {
                layout = new TableLayout(
                        head.delimiter,
                        head.match.columns().stream()
                                .map(column -> new TableLayout.Field(column, FieldStyle.MODEL))
                                .toList());
                tell(head.match, notes);
            }
        } else if (named && head.row != null && wanted.header == null) {
            if (head.fits) {
                notes.add("the first line does not have the names of the columns and counts as a row"
                        + " (--format header=true, if it has names)");
            } else {
                refusal = "the first line has neither the names of the model's columns ("
                        + TableMatch.quoted(definition.columns().stream()
                                .map(TableColumn::name)
                                .toList())
                        + ") nor " + columns + " fields; --format delimiter=C says what separates fields";
            }
        }
        if (head.row != null && UTF_16.stream().anyMatch(head.row.raw()::startsWith)) {
            refusal = "is UTF-16; convert it to UTF-8";
        }
        List<CsvRow> rows = first(file, layout, header, gzip);
        TableLayout styled = styled(rows, layout, definition);
        if (styled.fields().stream().anyMatch(field -> field.style().otherMark())) {
            notes.add("numbers have another decimal mark than the model's, and mean the same");
        }
        if (rows.stream().anyMatch(row -> FieldText.utf8(row.raw()) == null)) {
            notes.add("not all fields are UTF-8; those that are not are unknown to the model");
        }
        List<String> unknown = unknown(rows, styled, definition);
        if (!unknown.isEmpty()) {
            notes.add("the model knows none of the first " + rows.size() + " fields of " + TableMatch.quoted(unknown));
        }
        return new TableReading(styled, header, notes, refusal);
    }

    private static void tell(TableMatch match, List<String> notes) {
        List<Integer> known = match.columns().stream()
                .filter(c -> c != TableLayout.ADDITIONAL)
                .toList();
        if (!known.equals(known.stream().sorted().toList())) {
            notes.add("the columns have another order than the model's, and go by their names");
        }
        if (!match.additional().isEmpty()) {
            notes.add(
                    "columns that the model does not know are not looked at: " + TableMatch.quoted(match.additional()));
        }
        if (!match.lacking().isEmpty()) {
            notes.add("columns of the model are not there: " + TableMatch.quoted(match.lacking()));
        }
    }

    /** The first rows that fit. */
    private static List<CsvRow> first(InputFile file, TableLayout layout, boolean header, InputFile.Gzip gzip)
            throws IOException {
        List<CsvRow> rows = new ArrayList<>();
        try (CsvReader reader = open(file, layout.delimiter(), gzip)) {
            CsvRow row = header ? reader.next() : null;
            for (row = reader.next(); row != null && rows.size() < SAMPLE; row = reader.next()) {
                if (layout.fits(row)) {
                    rows.add(row);
                }
            }
        }
        return rows;
    }

    /** Columns of which no row has a field that the model knows, though it knows several. */
    private static List<String> unknown(List<CsvRow> rows, TableLayout layout, TableDefinition definition) {
        int[] scratch = new int[definition.space().dimensions()];
        List<String> unknown = new ArrayList<>();
        for (int f = 0; f < layout.fields().size() && rows.size() >= ENOUGH; f++) {
            int at = f;
            TableLayout.Field field = layout.fields().get(f);
            if (field.column() != TableLayout.ADDITIONAL) {
                TableColumn column = definition.columns().get(field.column());
                if (column.escapeSymbol() > 1
                        && rows.stream()
                                .noneMatch(row -> row.field(at).isBlank()
                                        || field.style().encode(column, row.field(at), layout.delimiter(), scratch))) {
                    unknown.add(column.name());
                }
            }
        }
        return unknown;
    }

    /** The layout with the styles that make most fields of the first rows words of the model. */
    private static TableLayout styled(List<CsvRow> rows, TableLayout layout, TableDefinition definition) {
        int[] scratch = new int[definition.space().dimensions()];
        List<FieldStyle> styles = new ArrayList<>();
        for (int f = 0; f < layout.fields().size(); f++) {
            TableLayout.Field field = layout.fields().get(f);
            FieldStyle best = FieldStyle.MODEL;
            int most = -1;
            for (FieldStyle style : field.column() == TableLayout.ADDITIONAL ? List.<FieldStyle>of() : FieldStyle.ALL) {
                int words = 0;
                for (CsvRow row : rows) {
                    TableColumn column = definition.columns().get(field.column());
                    words += style.encode(column, row.field(f), layout.delimiter(), scratch) ? 1 : 0;
                }
                if (words > most) {
                    best = style;
                    most = words;
                }
                if (words == rows.size()) {
                    break;
                }
            }
            styles.add(best);
        }
        boolean otherMark = styles.stream().anyMatch(FieldStyle::otherMark);
        List<TableLayout.Field> fields = new ArrayList<>();
        for (int f = 0; f < styles.size(); f++) {
            int at = f;
            boolean silent = otherMark && rows.stream().noneMatch(row -> DecimalText.find(row.field(at), '.') != null);
            FieldStyle style = styles.get(f);
            fields.add(new TableLayout.Field(
                    layout.fields().get(f).column(), silent ? new FieldStyle(style.quotes(), true) : style));
        }
        return new TableLayout(layout.delimiter(), fields);
    }

    /**
     * What separates the fields of training data: the character that gives most rows as many fields as the first one, the more fields
     * the better. A comma must give two fields more than another character, as decimal commas would not. If there is none, a comma,
     * and of files named {@code .tsv} a tab.
     */
    static char delimiter(InputFile file) throws IOException {
        Split best = new Split(usual(file), 1, 0);
        for (char candidate : new char[] {'\t', ';', '|'}) {
            Split other = Split.of(file, candidate);
            best = other.score() > best.score() ? other : best;
        }
        Split comma = Split.of(file, ',');
        boolean decimal = best.share >= 0.5 && best.fields > 1 && comma.fields <= best.fields + 1;
        return comma.score() > best.score() && !decimal ? ',' : best.delimiter;
    }

    /** What separates fields in a file of that name. */
    static char usual(InputFile file) {
        return file.name().toLowerCase(Locale.ROOT).matches("(?s).*\\.tsv(\\.gz)?") ? '\t' : ',';
    }

    /**
     * What a delimiter makes of the first rows of a file.
     *
     * @param fields of the first row
     * @param share of the rows that have as many
     */
    private record Split(char delimiter, int fields, double share) {
        static Split of(InputFile file, char delimiter) throws IOException {
            int fields = 0;
            int rows = 0;
            int same = 0;
            try (CsvReader reader = open(file, delimiter, InputFile.Gzip.UNPACK)) {
                for (CsvRow row = reader.next(); row != null && rows < SAMPLE; row = reader.next()) {
                    if (!row.blank()) {
                        fields = rows == 0 ? row.fields() : fields;
                        rows++;
                        same += row.fields() == fields ? 1 : 0;
                    }
                }
            } catch (DataException e) {
                return new Split(delimiter, 1, 0); // Reading with the right one says what is wrong.
            }
            return new Split(delimiter, fields, rows == 0 ? 0 : (double) same / rows);
        }

        double score() {
            return share * (fields - 1);
        }
    }

    static String shown(char delimiter) {
        return delimiter == '\t' ? "tabs" : "'" + delimiter + "'";
    }

    /** What was assumed of files, each thing once. */
    static List<String> summary(List<InputFile> files, List<TableReading> readings) {
        Map<String, List<String>> byNote = new LinkedHashMap<>();
        for (int f = 0; f < files.size(); f++) {
            for (String note : readings.get(f).notes) {
                byNote.computeIfAbsent(note, key -> new ArrayList<>())
                        .add(files.get(f).place());
            }
        }
        List<String> lines = new ArrayList<>();
        byNote.forEach((note, places) -> lines.add(
                places.get(0) + (places.size() > 1 ? " and " + (places.size() - 1) + " more" : "") + ": " + note));
        return lines;
    }
}

package dev.ardm.data.format.line;

import dev.ardm.data.file.FileRemarks;
import java.util.Arrays;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * What is odd about lines: some that are no JSON where all should be (such as one that was cut off when a program ended), and text in
 * UTF-16, of which lines are not lines. Nothing is changed or refused for it.
 */
final class LineRemarks {
    private static final Pattern RECORDS = Pattern.compile(".*\\.(ndjson|jsonl)(\\.gz)?", Pattern.CASE_INSENSITIVE);
    private static final byte[] UTF_8_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final byte[] UTF_16_LITTLE = {(byte) 0xFF, (byte) 0xFE};
    private static final byte[] UTF_16_BIG = {(byte) 0xFE, (byte) 0xFF};

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final FileRemarks remarks = new FileRemarks();
    private final boolean allJson;
    private String file = "";
    private boolean json;
    private long number;
    private boolean told;

    /** @param json whether every line should be JSON; otherwise only those of files with such names */
    LineRemarks(boolean json) {
        this.allJson = json;
    }

    /** The next lines are of this file. */
    void begin(String name) {
        file = name;
        json = allJson || RECORDS.matcher(name).matches();
        number = 0;
        told = false;
    }

    /** Looks at a line, the first {@code length} bytes. */
    void line(byte[] bytes, int length) {
        int from = 0;
        if (number == 0) {
            from = begins(bytes, length, UTF_8_MARK) ? UTF_8_MARK.length : 0;
            if (begins(bytes, length, UTF_16_LITTLE) || begins(bytes, length, UTF_16_BIG)) {
                tell("it is UTF-16, whose lines are cut within characters", file);
            }
        }
        number++;
        if (json && !told && !isJson(bytes, from, length)) {
            tell("it has lines that are no JSON", file + ", line " + number);
        }
    }

    private void tell(String about, String where) {
        remarks.add(FileRemarks.Kind.AS_IT_IS, about, where);
        told = true;
    }

    private static boolean begins(byte[] bytes, int length, byte[] mark) {
        return length >= mark.length && Arrays.equals(bytes, 0, mark.length, mark, 0, mark.length);
    }

    /** Whether the bytes are one JSON value, or blank. */
    private static boolean isJson(byte[] bytes, int from, int to) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), bytes, from, to - from)) {
            if (parser.nextToken() == null) {
                return true;
            }
            parser.skipChildren();
            return parser.nextToken() == null;
        } catch (JacksonException e) {
            return false;
        }
    }

    /** What there is to say of the files so far. */
    FileRemarks all() {
        return remarks;
    }
}

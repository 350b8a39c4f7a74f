package dev.ardm.data.record;

import dev.ardm.data.DataException;
import dev.ardm.data.format.DataFormat;
import java.io.IOException;

/**
 * A kind of record, before there is a model of it.
 *
 * @param <T> a record
 */
public interface RecordKind<T> {
    /** What the records are, for messages: {@code lines of text}. */
    String name();

    /**
     * The form for a model that is to learn from records.
     *
     * @param records gone through once
     * @throws IllegalArgumentException if there are none, or one is not of this kind
     */
    RecordForm<T> fit(Iterable<? extends T> records) throws IOException;

    /**
     * The form for a model of a format.
     *
     * @throws DataException if the format is of other items, saying of which
     */
    default RecordForm<T> of(DataFormat format) throws DataException {
        return of(format, name());
    }

    /** The same for records of another {@link #name}, which become these. */
    RecordForm<T> of(DataFormat format, String name) throws DataException;

    /** The refusal of a format. */
    static DataException refused(DataFormat format, String name, String why) {
        return new DataException(
                "the model is of " + described(format) + ", and not of " + name + (why.isEmpty() ? "" : ": " + why));
    }

    /** The refusal to learn from nothing. */
    static IllegalArgumentException nothing() {
        return new IllegalArgumentException("there are no records to learn from");
    }

    /** What the items of a format are, for messages. */
    static String described(DataFormat format) {
        return switch (format.kind()) {
            case "array" -> "arrays or images (" + format.space() + ")";
            case "csv" -> "table rows";
            case "lines" -> "lines";
            case "pictures" -> "images of any size";
            default -> "files of kind " + format.kind();
        };
    }
}

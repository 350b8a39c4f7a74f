package dev.ardm;

import dev.ardm.core.Space;
import dev.ardm.data.record.ArrayRecords;
import dev.ardm.data.record.ByteRecords;
import dev.ardm.data.record.ImageRecords;
import dev.ardm.data.record.JavaRecordMapping;
import dev.ardm.data.record.MapMapping;
import dev.ardm.data.record.MappedRecords;
import dev.ardm.data.record.PngRecords;
import dev.ardm.data.record.RecordKind;
import dev.ardm.data.record.RowRecords;
import dev.ardm.data.record.TextMapping;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Map;

/**
 * What a record is, and how it becomes what a model learns and stores; in memory, never through a file. A record that is taken comes back
 * equal; what would not is refused with an {@link IllegalArgumentException} that says why. Immutable and safe for use by several threads.
 *
 * @param <T> a record
 */
public final class RecordType<T> {
    private final RecordKind<T> kind;

    private RecordType(RecordKind<T> kind) {
        this.kind = kind;
    }

    /** Texts of any length, such as log lines or JSON: any Unicode text. */
    public static RecordType<String> text() {
        return new RecordType<>(new MappedRecords<>("texts", new ByteRecords(), new TextMapping()));
    }

    /** Bytes of any number. */
    public static RecordType<byte[]> bytes() {
        return new RecordType<>(new ByteRecords());
    }

    /**
     * Rows of a table: a text for each column, or null.
     *
     * @param columns names, each its own, in the order of the fields
     * @throws IllegalArgumentException if there are none, or two are the same
     */
    public static RecordType<String[]> rows(String... columns) {
        return new RecordType<>(new RowRecords(List.of(columns)));
    }

    /**
     * Maps with an entry for each column, whose value may be null. They come back in the order of the columns.
     *
     * @param columns the keys of every map
     * @throws IllegalArgumentException if there are none, or two are the same
     */
    public static RecordType<Map<String, String>> maps(String... columns) {
        List<String> names = List.of(columns);
        return new RecordType<>(new MappedRecords<>(
                "maps of " + String.join(", ", names), new RowRecords(names), new MapMapping(names)));
    }

    /**
     * Java records, whose components are the columns of a table: texts, numbers, booleans, characters, enums, and dates and times that
     * their text gives back.
     *
     * @param type a record that this library can make: public, in a package that is exported or opened to it
     * @throws IllegalArgumentException if a component is of another type
     */
    public static <R extends Record> RecordType<R> records(Class<R> type) {
        JavaRecordMapping<R> mapping = new JavaRecordMapping<>(type);
        return new RecordType<>(new MappedRecords<>(type.getSimpleName(), new RowRecords(mapping.columns()), mapping));
    }

    /**
     * Images. The same samples come back, in an image of the type that ImageIO makes of a PNG with them. Learnt as images of one size where
     * all are of one size and of 8-bit grey, RGB or RGBA, else as images of any size.
     */
    public static RecordType<BufferedImage> images() {
        return new RecordType<>(new ImageRecords());
    }

    /**
     * PNG files, of any size. Pixels, colour type, bits, palette and other chunks come back, not how they were compressed. Bytes that are no
     * PNG come back as they are.
     */
    public static RecordType<byte[]> pngs() {
        return new RecordType<>(new PngRecords());
    }

    /**
     * Arrays of one shape.
     *
     * @param categories values are 0 to {@code categories - 1}, 2 to 65,536 of them
     * @param ordered whether values next to each other mean similar things, as levels do and labels do not
     * @param shape extents of one to three axes; values are in row-major order, the last axis varies fastest
     * @throws IllegalArgumentException if the numbers are out of range
     */
    public static RecordType<int[]> arrays(int categories, boolean ordered, int... shape) {
        return new RecordType<>(
                new ArrayRecords(Space.of(shape, categories, ordered ? Space.Scale.ORDERED : Space.Scale.NOMINAL)));
    }

    RecordKind<T> kind() {
        return kind;
    }

    /** What the records are, for people. */
    @Override
    public String toString() {
        return kind.name();
    }
}

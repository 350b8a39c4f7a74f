package dev.ardm;

import dev.ardm.core.archive.SingleItemCodec;
import dev.ardm.data.record.RecordForm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;

/**
 * Single records as bytes that need nothing but the model: for the values of a database, a queue or a cache. Works on the caller's thread;
 * safe for use by several.
 *
 * @param <T> a record
 */
public final class RecordCodec<T> {
    private final RecordForm<T> form;
    private final SingleItemCodec codec;

    RecordCodec(RecordForm<T> form, SingleItemCodec codec) {
        this.form = form;
        this.codec = codec;
    }

    /**
     * Codes a record.
     *
     * @return bytes: its information, check bits (11 on average) and {@value SingleItemCodec#HEAD_BYTES} more; never many more than the record itself
     * @throws IllegalArgumentException if the record is not of the type, or would not come back, saying why
     */
    public byte[] encode(T record) {
        try {
            return codec.encode(form.item(Objects.requireNonNull(record, "the record is null")));
        } catch (IOException e) {
            throw new UncheckedIOException("records in memory are read without a file", e);
        }
    }

    /**
     * The record again.
     *
     * @param bytes all that {@link #encode} gave
     * @throws dev.ardm.coding.error.WrongModelException if they were made with another model
     * @throws dev.ardm.coding.error.DamagedException if they are not what was made, as a check byte and the check bits of the stream tell
     * @throws IOException if there is no such record
     */
    public T decode(byte[] bytes) throws IOException {
        return form.record(codec.decode(Objects.requireNonNull(bytes, "the bytes are null")));
    }
}

package dev.ardm.data.record;

import dev.ardm.data.DataException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Texts as their bytes in UTF-8. */
public final class TextMapping implements MappedRecords.Mapping<String, byte[]> {
    @Override
    public byte[] to(String record) {
        Objects.requireNonNull(record, "the record is null");
        try {
            ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(record));
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return bytes;
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("the record is no Unicode text: it has half a surrogate pair", e);
        }
    }

    @Override
    public String from(byte[] other) throws DataException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(other))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new DataException("the item is no text in UTF-8; read it as bytes", e);
        }
    }

    /** {@inheritDoc} What is not UTF-8 becomes U+FFFD. */
    @Override
    public String drawn(byte[] other) {
        return new String(other, StandardCharsets.UTF_8);
    }
}

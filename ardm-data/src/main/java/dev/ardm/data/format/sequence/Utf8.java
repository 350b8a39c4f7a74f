package dev.ardm.data.format.sequence;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Takes UTF-8 apart into code points and the bytes that belong to none. */
final class Utf8 {
    private static final int BUFFER = 1 << 15;

    private Utf8() {}

    /** Hears what is read. */
    interface Listener {
        /** The next code point, no surrogate. */
        void codePoint(int codePoint) throws IOException;

        /** A byte in [0, 255] that is not part of well-formed UTF-8. */
        void strayByte(int value) throws IOException;
    }

    /** Reads to the end. */
    static void read(InputStream in, Listener listener) throws IOException {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer bytes = ByteBuffer.allocate(BUFFER);
        CharBuffer chars = CharBuffer.allocate(BUFFER);
        boolean end = false;
        while (!end) {
            int got = in.read(bytes.array(), bytes.position(), bytes.remaining());
            end = got < 0;
            bytes.position(bytes.position() + Math.max(0, got)).flip();
            boolean more = true;
            while (more) {
                CoderResult result = decoder.decode(bytes, chars, end);
                tell(chars.flip(), listener);
                chars.clear();
                more = !result.isUnderflow();
                if (result.isError()) {
                    for (int i = 0; i < result.length(); i++) {
                        listener.strayByte(bytes.get() & 0xFF);
                    }
                }
            }
            bytes.compact();
        }
    }

    private static void tell(CharBuffer chars, Listener listener) throws IOException {
        char[] array = chars.array();
        for (int i = 0; i < chars.limit(); i++) {
            char c = array[i];
            if (Character.isHighSurrogate(c)) {
                // The decoder never puts one without the other.
                i++;
                listener.codePoint(Character.toCodePoint(c, array[i]));
            } else {
                listener.codePoint(c);
            }
        }
    }
}

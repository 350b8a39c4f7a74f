package dev.ardm.data.format.sequence;

import dev.ardm.core.Item;
import dev.ardm.core.Space;
import dev.ardm.data.DataException;
import dev.ardm.data.format.DataFormat;
import dev.ardm.data.format.Definitions;
import dev.ardm.data.format.FormatFamily;
import dev.ardm.data.format.FormatOptions;
import dev.ardm.data.format.InputFile;
import dev.ardm.data.format.InputFiles;
import dev.ardm.data.format.Varints;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Text: a symbol is a character, which is a Unicode code point, of UTF-8.
 *
 * <p>Characters without a symbol, and bytes that are not UTF-8, are side information, as pairs of numbers: the
 * number of symbols after the previous one, and its code point, or 110000 (hexadecimal) plus the byte. If the
 * alphabet has a symbol for others, the symbols contain it at this place; otherwise they contain nothing.
 */
public final class TextCodec implements SequenceCodec {
    private static final int DEFAULT_WINDOW = 256;
    private static final int DEFAULT_MAX_ALPHABET = 256;
    private static final int FIRST_STRAY_BYTE = Character.MAX_CODE_POINT + 1;

    private final Alphabet alphabet;
    private final byte[][] utf8;
    private final int paddingValue;

    TextCodec(Alphabet alphabet) {
        this.alphabet = alphabet;
        this.utf8 = alphabet.utf8();
        int newline = alphabet.symbol('\n');
        this.paddingValue = newline >= 0 ? newline : Math.max(0, alphabet.symbol(' '));
    }

    /** Makes formats of kind {@code text}. */
    public static final class Family implements FormatFamily {
        /** Option {@code max-alphabet} in addition to those of all sequences. */
        @Override
        public DataFormat fit(List<Path> paths, FormatOptions options) throws IOException {
            int max = options.integer("max-alphabet", DEFAULT_MAX_ALPHABET, 2, Space.MAX_CATEGORIES);
            CharacterCounts counts = new CharacterCounts();
            InputFiles.Choice all = new InputFiles.Choice(
                    options.wanted(), options.pattern("names").orElse(null), true);
            try (InputFiles files = InputFiles.of(paths, all)) {
                for (InputFile file : files.files()) {
                    try (InputStream in = file.open(InputFile.Gzip.UNPACK)) {
                        Utf8.read(in, counts);
                    }
                }
            }
            return SequenceFormat.of(new TextCodec(Alphabet.of(counts, max)), options, DEFAULT_WINDOW);
        }

        @Override
        public DataFormat read(JsonNode definition) throws DataException {
            int[] codePoints = Definitions.integers(definition, "alphabet", 0, Character.MAX_CODE_POINT);
            Alphabet alphabet = new Alphabet(codePoints, Definitions.flag(definition, "other"));
            return SequenceFormat.of(new TextCodec(alphabet), definition);
        }
    }

    @Override
    public String kind() {
        return "text";
    }

    @Override
    public String extension() {
        return ".txt";
    }

    @Override
    public int categories() {
        return alphabet.size();
    }

    @Override
    public Space.Scale scale() {
        return Space.Scale.NOMINAL;
    }

    /** The end of a line, else a space, else the first character. */
    @Override
    public int paddingValue() {
        return paddingValue;
    }

    @Override
    public int symbolsPerFrame() {
        return 1;
    }

    @Override
    public void define(ObjectNode definition) {
        ArrayNode array = definition.putArray("alphabet");
        for (int codePoint : alphabet.codePoints()) {
            array.add(codePoint);
        }
        definition.put("other", alphabet.hasOther());
    }

    @Override
    public boolean wants(String name) {
        return true;
    }

    @Override
    public InputFile.Gzip gzipOfDocuments() {
        return InputFile.Gzip.REFUSE;
    }

    @Override
    public boolean opensZips() {
        return true;
    }

    @Override
    public boolean lossless() {
        return true;
    }

    @Override
    public byte[] read(String place, InputStream in, SymbolSequence.Builder symbols) throws IOException {
        Exceptions exceptions = new Exceptions(symbols);
        Utf8.read(in, exceptions);
        return exceptions.side.toByteArray();
    }

    /** Appends symbols, and notes what has none. */
    private final class Exceptions implements Utf8.Listener {
        private final SymbolSequence.Builder symbols;
        private final ByteArrayOutputStream side = new ByteArrayOutputStream();
        private int last;

        Exceptions(SymbolSequence.Builder symbols) {
            this.symbols = symbols;
        }

        @Override
        public void codePoint(int codePoint) throws IOException {
            int symbol = alphabet.symbol(codePoint);
            if (symbol >= 0) {
                symbols.add(symbol);
            } else {
                note(codePoint);
            }
        }

        @Override
        public void strayByte(int value) throws IOException {
            note(FIRST_STRAY_BYTE + value);
        }

        private void note(int code) throws IOException {
            Varints.put(side, symbols.length() - last);
            Varints.put(side, code);
            last = symbols.length();
            if (alphabet.hasOther()) {
                symbols.add(alphabet.other());
            }
        }
    }

    @Override
    public void write(String place, int[] values, byte[] side, OutputStream target) throws IOException {
        BufferedOutputStream out = new BufferedOutputStream(target, 1 << 16);
        Varints numbers = new Varints(place, side);
        int at = 0;
        int last = 0;
        while (numbers.hasNext()) {
            long exception = (long) last + numbers.next();
            int code = numbers.next();
            boolean replaces = alphabet.hasOther();
            if (exception > values.length - (replaces ? 1 : 0)
                    || exception < at
                    || (replaces && values[(int) exception] != alphabet.other())) {
                throw numbers.damaged("no room for a character at symbol " + exception);
            }
            for (; at < exception; at++) {
                out.write(utf8[values[at]]);
            }
            putException(code, numbers, out);
            last = (int) exception;
            at += replaces ? 1 : 0;
        }
        for (; at < values.length; at++) {
            out.write(utf8[values[at]]);
        }
        out.flush();
    }

    /** Characters without a symbol stay where the symbols at their places do. */
    @Override
    public byte[] redrawnSide(Item item, int length, boolean[] known) throws DataException {
        Varints numbers = new Varints(item.name(), item.side());
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        long at = 0;
        int last = 0;
        while (numbers.hasNext()) {
            at += numbers.next();
            int code = numbers.next();
            boolean stays = at < length ? known[(int) at] : at == length && !alphabet.hasOther();
            if (stays) {
                Varints.put(kept, (int) at - last);
                Varints.put(kept, code);
                last = (int) at;
            }
        }
        return kept.toByteArray();
    }

    private void putException(int code, Varints numbers, OutputStream out) throws IOException {
        if (code >= FIRST_STRAY_BYTE && code < FIRST_STRAY_BYTE + 256) {
            out.write(code - FIRST_STRAY_BYTE);
        } else if (Alphabet.isScalar(code)) {
            out.write(Character.toString(code).getBytes(StandardCharsets.UTF_8));
        } else {
            throw numbers.damaged("no character has number " + code);
        }
    }
}

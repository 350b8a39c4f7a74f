package dev.ardm.data.structure;

import dev.ardm.data.DataException;
import dev.ardm.data.png.ColourKind;
import dev.ardm.data.png.SampleRows;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Portable maps of Netpbm, P1 to P7: bits, levels, colours, and those of P7 with alpha. */
final class PortableMap {
    /** The second letters; f and F are of floats, which are not read. */
    static final String KINDS = "1234567fF";

    private static final int MOST_DIGITS = 9;
    private static final Map<String, ColourKind> TUPLES = Map.of(
            "BLACKANDWHITE", ColourKind.GREY,
            "GRAYSCALE", ColourKind.GREY,
            "RGB", ColourKind.RGB,
            "BLACKANDWHITE_ALPHA", ColourKind.GREY_ALPHA,
            "GRAYSCALE_ALPHA", ColourKind.GREY_ALPHA,
            "RGB_ALPHA", ColourKind.RGB_ALPHA);

    private final Fields in;
    private final char number;
    private long at = 2;
    private boolean comments;
    private int height;
    private int width;
    private int most = 1;
    private ColourKind kind;

    private PortableMap(Fields in) throws DataException {
        this.in = in;
        this.number = (char) in.u8(1);
        this.kind = number == '3' || number == '6' ? ColourKind.RGB : ColourKind.GREY;
    }

    static Structure structure(Fields in) throws DataException {
        return new PortableMap(in).read();
    }

    private Structure read() throws DataException {
        if (number == 'f' || number == 'F') {
            throw in.unread("its samples are floats");
        }
        if (number == '7') {
            header();
        } else {
            width = number();
            height = number();
            most = number == '1' || number == '4' ? 1 : number();
            if (number >= '4') {
                in.u8(at++); // one blank
            }
        }
        int bits = Integer.numberOfTrailingZeros(most + 1);
        if (most < 1 || most > 0xFFFF) {
            throw in.damaged("its greatest value is " + most);
        }
        if (most + 1 != 1 << bits || !kind.allows(bits)) {
            throw in.unread("its greatest value is " + most + " (not " + (kind == ColourKind.GREY ? "1, 3, 15, " : "")
                    + "255 or 65535)");
        }
        long samples = (long) height * width * kind.channels();
        long raster = at;
        long bytes = samples; // of digits, at least
        if (number >= '4') {
            in.place(at, Math.max(height, rowBytes(bits))); // before they are multiplied
            bytes = height * rowBytes(bits);
        }
        in.place(at, bytes);
        Structure structure = new Structure(in, height, width, kind, bits);
        if (number >= '4') {
            at += bytes;
        } else {
            skipDigits(samples);
        }
        end(structure);
        structure.samples(() -> number <= '3' ? digits(raster, (int) samples) : binary(raster, (int) samples, bits));
        return structure;
    }

    /** What is behind the raster: of digits, blanks belong to it. */
    private void end(Structure structure) throws DataException {
        if (number <= '3') {
            blanks();
        }
        if (at + 2 < in.length() && in.u8(at) == 'P' && KINDS.indexOf(in.u8(at + 1)) >= 0) {
            throw in.unread("it holds several images");
        }
        if (comments) {
            structure.lose("a comment");
        }
        structure.loseBehind(in, at);
    }

    private void header() throws DataException {
        int depth = 0;
        String tuple = "";
        for (String word = word(); !word.equals("ENDHDR"); word = word()) {
            switch (word) {
                case "WIDTH" -> width = number();
                case "HEIGHT" -> height = number();
                case "DEPTH" -> depth = number();
                case "MAXVAL" -> most = number();
                case "TUPLTYPE" -> tuple = word();
                default -> throw in.damaged("its header has a line that is not known");
            }
        }
        in.u8(at++); // the end of the line
        ColourKind stated = TUPLES.get(tuple);
        if (stated == null || stated.channels() != depth) {
            throw in.unread("it does not say that its " + depth + " channels are grey or RGB");
        }
        kind = stated;
    }

    private static boolean isBlank(int letter) {
        return letter == ' ' || (letter >= '\t' && letter <= '\r');
    }

    private void blanks() throws DataException {
        while (at < in.length() && (isBlank(in.u8(at)) || in.u8(at) == '#')) {
            if (in.u8(at) == '#') {
                comments = true;
                while (at < in.length() && in.u8(at) != '\n' && in.u8(at) != '\r') {
                    at++;
                }
            } else {
                at++;
            }
        }
    }

    private String word() throws DataException {
        blanks();
        long from = at;
        while (!isBlank(in.u8(at)) && in.u8(at) != '#') {
            at++;
            if (at - from > 32) {
                throw in.damaged("its header has a word that is too long");
            }
        }
        return new String(in.copy(from, at - from), StandardCharsets.ISO_8859_1);
    }

    private int number() throws DataException {
        blanks();
        long from = at;
        int value = 0;
        while (at < in.length() && in.u8(at) >= '0' && in.u8(at) <= '9') {
            value = 10 * value + in.u8(at++) - '0';
            if (at - from > MOST_DIGITS) {
                throw in.damaged("a number has more than " + MOST_DIGITS + " digits");
            }
        }
        if (from == at) {
            throw in.damaged("no number at byte " + at);
        }
        return value;
    }

    /** A sample in digits; bits need no blanks between them. */
    private int sample() throws DataException {
        if (number == '1') {
            blanks();
            int letter = in.u8(at++);
            if (letter != '0' && letter != '1') {
                throw in.damaged("no bit at byte " + (at - 1));
            }
            return '1' - letter; // 1 is black
        }
        return checked(number());
    }

    private int checked(int sample) throws DataException {
        if (sample > most) {
            throw in.damaged("a sample is " + sample + ", above its greatest value " + most);
        }
        return sample;
    }

    private void skipDigits(long samples) throws DataException {
        for (long i = 0; i < samples; i++) {
            sample();
        }
    }

    private int[] digits(long raster, int count) throws DataException {
        at = raster;
        int[] samples = new int[count];
        for (int i = 0; i < count; i++) {
            samples[i] = sample();
        }
        return samples;
    }

    private long rowBytes(int bits) {
        return number == '4' ? (width + 7L) / 8 : (long) width * kind.channels() * (bits > 8 ? 2 : 1);
    }

    private int[] binary(long raster, int count, int bits) throws DataException {
        int[] samples = new int[count];
        int stored = number == '4' ? 1 : Math.max(8, bits);
        int each = width * kind.channels();
        long stride = rowBytes(bits);
        for (int y = 0; y < height; y++) {
            SampleRows.unpack(in.copy(raster + y * stride, stride), stored, samples, y * each, each);
        }
        for (int i = 0; i < count; i++) {
            samples[i] = number == '4' ? 1 - samples[i] : checked(samples[i]);
        }
        return samples;
    }
}

package dev.ardm.data.format.sequence;

import dev.ardm.core.Space;
import dev.ardm.data.DataException;
import dev.ardm.data.format.InputFile;
import dev.ardm.data.format.Varints;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalInt;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sound: a symbol is a PCM sample, its smallest value symbol 0; channels interleaved.
 *
 * <p>A file that is not exactly the shortest header and its samples is restored from what is stored in addition to the symbols: the
 * number of bytes before the samples, those bytes, and the bytes after the samples.
 *
 * @param bits of a sample, 8 or 16
 * @param rate frames a second
 * @param muLaw whether samples of 16 bits become 256 levels, which loses something
 */
public record WavCodec(int bits, int channels, int rate, boolean muLaw) implements SequenceCodec {
    /** Name of the kind that loses nothing. */
    public static final String KIND = "wav";

    /** Name of the kind that does. */
    public static final String MU_LAW_KIND = "wav-mu-law-lossy";

    private static final int BUFFER = 1 << 16;

    /** The most bytes after the samples, which are kept in memory. */
    private static final int MAX_BEHIND = 64 << 20;

    @Override
    public String kind() {
        return muLaw ? MU_LAW_KIND : KIND;
    }

    @Override
    public String extension() {
        return ".wav";
    }

    @Override
    public int categories() {
        return muLaw ? 256 : 1 << bits;
    }

    @Override
    public Space.Scale scale() {
        return Space.Scale.ORDERED;
    }

    /** Silence. */
    @Override
    public int paddingValue() {
        return categories() / 2;
    }

    @Override
    public int symbolsPerFrame() {
        return channels;
    }

    @Override
    public OptionalInt framesPerSecond() {
        return OptionalInt.of(rate);
    }

    @Override
    public void define(ObjectNode definition) {
        definition.put("bits", bits);
        definition.put("channels", channels);
        definition.put("rate", rate);
    }

    static boolean isWavName(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".wav") || lower.endsWith(".wave");
    }

    @Override
    public boolean wants(String name) {
        return isWavName(name);
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
        return !muLaw;
    }

    /** Refuses sound of another kind than the model's. */
    void require(String place, WavHeader header) throws DataException {
        if (header.bits() != bits || header.channels() != channels || header.rate() != rate) {
            throw DataException.in(
                    place,
                    "is of " + text(header.bits(), header.channels(), header.rate()) + ", and the model of "
                            + text(bits, channels, rate));
        }
    }

    private static String text(int bits, int channels, int rate) {
        return bits + " bits, " + channels + (channels == 1 ? " channel, " : " channels, ") + rate + " Hz";
    }

    @Override
    public byte[] read(String place, InputStream in, SymbolSequence.Builder symbols) throws IOException {
        WavHeader header = WavHeader.read(place, in);
        require(place, header);
        int width = bits / 8;
        long left = header.dataBytes();
        byte[] buffer = new byte[BUFFER];
        ByteArrayOutputStream behind = new ByteArrayOutputStream();
        int got;
        do {
            got = in.readNBytes(buffer, 0, (int) Math.min(left, buffer.length));
            left -= got;
            int whole = got - got % width;
            for (int i = 0; i < whole; i += width) {
                symbols.add(symbol(buffer, i));
            }
            behind.write(buffer, whole, got - whole); // Half a sample, where the file is cut off.
        } while (got == buffer.length && left > 0);
        for (got = in.read(buffer); got >= 0; got = in.read(buffer)) {
            if (behind.size() + got > MAX_BEHIND) {
                throw DataException.in(place, "has more than " + MAX_BEHIND + " bytes after its samples");
            }
            behind.write(buffer, 0, got);
        }
        return side(header.bytes(), behind.toByteArray(), symbols.length());
    }

    private byte[] side(byte[] before, byte[] behind, int samples) {
        if (Arrays.equals(before, WavHeader.canonical(bits, channels, rate, samples))
                && Arrays.equals(behind, padding(samples))) {
            return new byte[0];
        }
        ByteArrayOutputStream side = new ByteArrayOutputStream();
        Varints.put(side, before.length);
        side.writeBytes(before);
        side.writeBytes(behind);
        return side.toByteArray();
    }

    private byte[] padding(int samples) {
        return new byte[bits == 8 ? samples % 2 : 0];
    }

    private int symbol(byte[] buffer, int at) {
        if (bits == 8) {
            return buffer[at] & 0xFF;
        }
        int sample = buffer[at + 1] << 8 | buffer[at] & 0xFF;
        return muLaw ? MuLaw.level(sample) : sample + (1 << 15);
    }

    @Override
    public void write(String place, int[] values, byte[] side, OutputStream target) throws IOException {
        byte[] before = WavHeader.canonical(bits, channels, rate, values.length);
        byte[] behind = padding(values.length);
        if (side.length > 0) {
            Varints numbers = new Varints(place, side);
            int length = numbers.next();
            int start = numbers.position();
            if (length > side.length - start) {
                throw numbers.damaged("a header of " + length + " bytes is longer than it");
            }
            before = Arrays.copyOfRange(side, start, start + length);
            behind = Arrays.copyOfRange(side, start + length, side.length);
        }
        BufferedOutputStream out = new BufferedOutputStream(target, BUFFER);
        out.write(before);
        for (int value : values) {
            if (bits == 8) {
                out.write(value);
            } else {
                int sample = muLaw ? MuLaw.sample(value) : value - (1 << 15);
                out.write(sample);
                out.write(sample >> 8);
            }
        }
        out.write(behind);
        out.flush();
    }
}

package dev.ardm.data.format.sequence;

import dev.ardm.core.Item;
import dev.ardm.core.Space;
import dev.ardm.data.DataException;
import dev.ardm.data.format.InputFile;
import dev.ardm.data.format.Varints;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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

    /** Bytes that are looked at for a chunk: a padding byte, an id and a size. */
    private static final int HEAD = 9;

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

    /**
     * {@inheritDoc} What follows the samples that the header states, and is neither a padding byte nor a chunk, are samples too: the
     * header of a recording that was not ended, or was sent through a pipe, states none, or fewer than there are.
     */
    @Override
    public byte[] read(String place, InputStream in, SymbolSequence.Builder symbols) throws IOException {
        WavHeader header = WavHeader.read(place, in);
        require(place, header);
        int width = bits / 8;
        PushbackInputStream from = new PushbackInputStream(in, HEAD);
        long stated = (header.dataBytes() + width - 1) / width * width;
        ByteArrayOutputStream behind = new ByteArrayOutputStream();
        behind.writeBytes(samples(from, stated, symbols));
        if (behind.size() == 0 && moreSamples(from, header.dataBytes() % 2 != 0)) {
            behind.writeBytes(samples(from, Long.MAX_VALUE, symbols));
        }
        byte[] buffer = new byte[BUFFER];
        for (int got = from.read(buffer); got >= 0; got = from.read(buffer)) {
            if (behind.size() + got > MAX_BEHIND) {
                throw DataException.in(place, "has more than " + MAX_BEHIND + " bytes after its samples");
            }
            behind.write(buffer, 0, got);
        }
        return side(header.bytes(), behind.toByteArray(), symbols.length());
    }

    /** Reads samples; returns the bytes of half a sample, where the file is cut off. */
    private byte[] samples(InputStream in, long bytes, SymbolSequence.Builder symbols) throws IOException {
        int width = bits / 8;
        byte[] buffer = new byte[BUFFER];
        long left = bytes;
        int got;
        int whole;
        do {
            got = in.readNBytes(buffer, 0, (int) Math.min(left, buffer.length));
            left -= got;
            whole = got - got % width;
            for (int i = 0; i < whole; i += width) {
                symbols.add(symbol(buffer, i));
            }
        } while (got == buffer.length && left > 0);
        return Arrays.copyOfRange(buffer, whole, got);
    }

    /** Whether what comes now are samples, and not the end, the padding of an odd number of bytes, or a chunk. */
    private boolean moreSamples(PushbackInputStream in, boolean odd) throws IOException {
        byte[] head = new byte[HEAD];
        int got = in.readNBytes(head, 0, HEAD);
        in.unread(head, 0, got);
        int padding = odd && bits == 8 ? 1 : 0;
        return got - padding >= bits / 8 && !isChunk(head, 0, got) && !(odd && isChunk(head, 1, got));
    }

    private static boolean isChunk(byte[] head, int at, int got) {
        for (int i = at; i < at + 4; i++) {
            if (i >= got || head[i] < ' ' || head[i] > '~') {
                return false;
            }
        }
        return true;
    }

    /** Whether a chunk begins here that ends before the bytes do: not each byte of padding is 0. */
    private static boolean isWhole(byte[] bytes, int at) {
        return bytes.length - at >= 8
                && isChunk(bytes, at, bytes.length)
                && ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(at + 4) + 8L <= bytes.length - at
                && bytes[at + 7] >= 0;
    }

    /** {@inheritDoc} With another number of samples the header states the new one, and the chunks stay. */
    @Override
    public byte[] redrawnSide(Item item, int length, boolean[] known) throws DataException {
        int before = item.values().length;
        if (length == before || item.side().length == 0) {
            return item.side();
        }
        Varints numbers = new Varints(item.name(), item.side());
        int header = numbers.next();
        int start = numbers.position();
        if (header > item.side().length - start || header < WavHeader.CANONICAL_BYTES) {
            throw numbers.damaged("a header of " + header + " bytes");
        }
        byte[] head = Arrays.copyOfRange(item.side(), start, start + header);
        byte[] behind = Arrays.copyOfRange(item.side(), start + header, item.side().length);
        boolean padded = before * (bits / 8) % 2 != 0 && isWhole(behind, 1) && !isWhole(behind, 0);
        ByteArrayOutputStream after = new ByteArrayOutputStream();
        after.writeBytes(padding(length));
        if (isChunk(behind, 0, behind.length) || padded) {
            int from = padded ? 1 : 0;
            after.write(behind, from, behind.length - from);
        }
        long data = (long) length * (bits / 8);
        ByteBuffer.wrap(head)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(4, (int) (header - 8 + data + after.size()))
                .putInt(header - 4, (int) data);
        return side(head, after.toByteArray(), length);
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

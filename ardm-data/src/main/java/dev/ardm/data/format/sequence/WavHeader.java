package dev.ardm.data.format.sequence;

import dev.ardm.data.DataException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The bytes before the samples of a RIFF/WAVE file of PCM.
 *
 * @param bits of a sample, 8 (unsigned) or 16 (signed, little-endian)
 * @param channels interleaved
 * @param rate frames a second
 * @param dataBytes size of the samples as stated by the file, in [0, 2^32)
 * @param bytes everything up to the samples
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared; only carries values.
public record WavHeader(int bits, int channels, int rate, long dataBytes, byte[] bytes) {
    /** The length of a header that {@link #canonical} makes. */
    static final int CANONICAL_BYTES = 44;

    /** More than this before the samples is refused. */
    private static final int MAX_BYTES = 64 << 20;

    private static final int PCM = 1;
    private static final int EXTENSIBLE = 0xFFFE;

    /**
     * The shortest header there is.
     *
     * @param samples that follow, all channels together
     */
    public static byte[] canonical(int bits, int channels, int rate, long samples) {
        long data = samples * (bits / 8);
        ByteBuffer header = ByteBuffer.allocate(CANONICAL_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        header.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt((int) (36 + data + (data & 1)));
        header.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        header.putShort((short) PCM).putShort((short) channels).putInt(rate);
        header.putInt(rate * channels * (bits / 8)).putShort((short) (channels * (bits / 8)));
        header.putShort((short) bits);
        header.put("data".getBytes(StandardCharsets.US_ASCII)).putInt((int) data);
        return header.array();
    }

    /** Reads up to the first sample. */
    static WavHeader read(String place, InputStream in) throws IOException {
        return new Reader(place, in).read();
    }

    private static final class Reader {
        private final String place;
        private final InputStream in;
        private final ByteArrayOutputStream seen = new ByteArrayOutputStream();

        Reader(String place, InputStream in) {
            this.place = place;
            this.in = in;
        }

        WavHeader read() throws IOException {
            byte[] start = new byte[12];
            int got = in.readNBytes(start, 0, 12);
            String riff = text(start, 0);
            if (got == 0) {
                throw DataException.in(place, "is empty, not a WAV file");
            }
            if (!riff.equals("RIFF") || !text(start, 8).equals("WAVE")) {
                throw DataException.at(
                        place,
                        0,
                        riff.equals("RF64") || riff.equals("RIFX") || riff.equals("BW64")
                                ? riff + " files are not read, only RIFF"
                                : "is not a WAV file: it does not begin with RIFF and WAVE");
            }
            seen.write(start);
            WavHeader format = null;
            while (true) {
                long at = seen.size();
                ByteBuffer chunk =
                        ByteBuffer.wrap(take(8, "the head of a chunk")).order(ByteOrder.LITTLE_ENDIAN);
                String id = text(chunk.array(), 0);
                long size = chunk.getInt(4) & 0xFFFFFFFFL;
                if (id.equals("data")) {
                    if (format == null) {
                        throw DataException.at(place, at, "no chunk 'fmt ' before the samples");
                    }
                    return new WavHeader(format.bits, format.channels, format.rate, size, seen.toByteArray());
                }
                if (id.equals("fmt ") && format == null) {
                    format = format(at + 8, size, take(size, "the chunk 'fmt '"));
                } else {
                    take(size, "a chunk before the samples");
                }
                if (size % 2 != 0) {
                    take(1, "the padding of a chunk");
                }
            }
        }

        private byte[] take(long count, String what) throws IOException {
            if (count > MAX_BYTES - seen.size()) {
                throw DataException.at(
                        place, seen.size(), what + " of " + count + " bytes is refused; the samples are too far away");
            }
            byte[] bytes = in.readNBytes((int) count);
            if (bytes.length < count) {
                throw DataException.at(place, seen.size() + bytes.length, "the file ends inside " + what);
            }
            seen.write(bytes);
            return bytes;
        }

        private WavHeader format(long at, long size, byte[] bytes) throws DataException {
            if (size < 16) {
                throw DataException.at(place, at, "the chunk 'fmt ' has " + size + " bytes, at least 16 are needed");
            }
            ByteBuffer fields = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            int code = fields.getShort(0) & 0xFFFF;
            int channels = fields.getShort(2) & 0xFFFF;
            int rate = fields.getInt(4);
            int bits = fields.getShort(14) & 0xFFFF;
            if (code == EXTENSIBLE && size >= 26) {
                code = fields.getShort(24) & 0xFFFF;
            }
            if (code != PCM) {
                throw DataException.at(
                        place, at, "holds " + name(code) + "; only PCM of 8 or 16 bits is read, so convert it first");
            }
            if (bits != 8 && bits != 16) {
                throw DataException.at(
                        place, at + 14, "has " + bits + " bits a sample; only 8 and 16 are read, so convert it first");
            }
            if (channels == 0 || rate <= 0) {
                throw DataException.at(
                        place, at + 2, "has " + channels + " channels at " + (rate & 0xFFFFFFFFL) + " Hz");
            }
            return new WavHeader(bits, channels, rate, 0, new byte[0]);
        }

        private static String name(int code) {
            return switch (code) {
                case 2 -> "ADPCM";
                case 3 -> "floating-point samples";
                case 6 -> "A-law samples";
                case 7 -> "mu-law samples";
                case 17 -> "IMA ADPCM";
                case 85 -> "MP3";
                default -> "samples of format " + code;
            };
        }

        private static String text(byte[] bytes, int offset) {
            return new String(bytes, offset, 4, StandardCharsets.ISO_8859_1);
        }
    }
}

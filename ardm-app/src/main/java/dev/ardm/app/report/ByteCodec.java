package dev.ardm.app.report;

import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDictCompress;
import com.github.luben.zstd.ZstdDictTrainer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZ;
import org.tukaani.xz.XZOutputStream;

/**
 * A compressor of bytes.
 *
 * @param name with its level
 * @param compressor returns the size in bytes of what it makes, headers counted
 */
public record ByteCodec(String name, Compressor compressor) {
    private static final int ZSTD_LEVEL = 19;
    /** Match length and search depth of {@code xz --extreme}. */
    private static final int XZ_EXTREME_NICE = 273;

    private static final int XZ_EXTREME_DEPTH = 512;
    /** What fits into the int that zstd's trainer takes, with room. */
    private static final long MOST_SAMPLE_BYTES = 1 << 28;

    /** Compresses items. */
    public interface Compressor {
        /** Bytes of all items together, each compressed by itself. */
        long size(List<byte[]> items) throws IOException;
    }

    /** A compressor of one item. */
    public interface Single {
        long size(byte[] item) throws IOException;
    }

    /** Compresses item by item. */
    public static ByteCodec of(String name, Single single) {
        return new ByteCodec(name, items -> sum(items, single));
    }

    private static long sum(List<byte[]> items, Single single) throws IOException {
        long sum = 0;
        for (byte[] item : items) {
            sum += single.size(item);
        }
        return sum;
    }

    /** Bytes of all items together, each compressed by itself. */
    public long size(List<byte[]> items) throws IOException {
        return compressor.size(items);
    }

    /** Raw Deflate, without a frame of zlib or gzip. */
    public static ByteCodec deflate() {
        return of("Deflate 9", bytes -> {
            Deflater deflater = new Deflater(9, true);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (DeflaterOutputStream stream = new DeflaterOutputStream(out, deflater)) {
                stream.write(bytes);
            } finally {
                deflater.end();
            }
            return out.size();
        });
    }

    /** An .xz file as {@code xz -9e} makes it, check of 64 bits included. */
    public static ByteCodec xz() {
        return of("xz -9e", bytes -> {
            LZMA2Options options = new LZMA2Options(9);
            options.setNiceLen(XZ_EXTREME_NICE);
            options.setDepthLimit(XZ_EXTREME_DEPTH);
            // A dictionary larger than the data changes only the memory, of which there would be 700 MB for each
            // call.
            options.setDictSize(Math.max(
                    LZMA2Options.DICT_SIZE_MIN,
                    Math.min(LZMA2Options.DICT_SIZE_MAX, Integer.highestOneBit(bytes.length + 1) * 2)));
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (XZOutputStream stream = new XZOutputStream(out, options, XZ.CHECK_CRC64)) {
                stream.write(bytes);
            }
            return out.size();
        });
    }

    /** A zstd frame without a checksum. */
    public static ByteCodec zstd() {
        return new ByteCodec("zstd -" + ZSTD_LEVEL, items -> {
            try (ZstdCompressCtx context = context()) {
                return sum(items, item -> context.compress(item).length);
            }
        });
    }

    /**
     * A zstd frame without a checksum, with a dictionary learnt from samples that is not counted.
     *
     * @param kibibytes size of the dictionary
     * @throws com.github.luben.zstd.ZstdException if the samples are too few
     */
    public static ByteCodec zstd(List<byte[]> samples, int kibibytes) {
        return zstd(dictionary(samples, kibibytes << 10));
    }

    /** A zstd frame without a checksum, with a dictionary that is not counted. */
    static ByteCodec zstd(byte[] dictionary) {
        return new ByteCodec("zstd -" + ZSTD_LEVEL + ", dictionary of " + (dictionary.length >> 10) + " KiB", items -> {
            try (ZstdDictCompress learnt = new ZstdDictCompress(dictionary, ZSTD_LEVEL);
                    ZstdCompressCtx context = context()) {
                context.loadDict(learnt);
                return sum(items, item -> context.compress(item).length);
            }
        });
    }

    /**
     * A dictionary learnt from samples.
     *
     * @param bytes its size at most
     * @throws com.github.luben.zstd.ZstdException if the samples are too few
     */
    static byte[] dictionary(List<byte[]> samples, int bytes) {
        long total = samples.stream().mapToLong(sample -> sample.length).sum();
        if (total > MOST_SAMPLE_BYTES) {
            throw new IllegalArgumentException(total + " bytes of samples are more than " + MOST_SAMPLE_BYTES);
        }
        ZstdDictTrainer trainer = new ZstdDictTrainer((int) total, bytes, ZSTD_LEVEL);
        for (byte[] sample : samples) {
            if (!trainer.addSample(sample)) {
                throw new IllegalStateException("a sample did not fit");
            }
        }
        return trainer.trainSamples();
    }

    private static ZstdCompressCtx context() {
        ZstdCompressCtx context = new ZstdCompressCtx();
        context.setLevel(ZSTD_LEVEL);
        context.setChecksum(false);
        context.setDictID(false);
        return context;
    }
}

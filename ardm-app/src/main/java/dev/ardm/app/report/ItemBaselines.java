package dev.ardm.app.report;

import com.github.luben.zstd.ZstdException;
import dev.ardm.app.Text;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * What compressors that everybody has make of items as bytes: zstd of each alone, with the dictionary that is best for them, and xz
 * of all as one file. They are measured on a bounded sample, and what they take for more is extrapolated from it.
 *
 * @param items number of items that were measured
 * @param raw their bytes
 * @param zstd bytes of {@code zstd -19}, each item alone
 * @param dictionary bytes of its dictionary, which was learnt from these items; 0 if it is better without one
 * @param xz bytes of {@code xz -9e}, all items one after the other
 * @param xzOfHalf the same of the first half of the bytes
 */
public record ItemBaselines(int items, long raw, long zstd, long dictionary, long xz, long xzOfHalf) {
    /** More bytes than these are not measured: a second or two. */
    public static final int MOST_BYTES = 1 << 20;

    /** More items than these are not measured. */
    public static final int MOST_ITEMS = 20_000;

    private static final int[] DICTIONARIES = {2 << 10, 16 << 10, 110 << 10};
    /** A dictionary that is larger than that part of the items has nothing to be learnt from. */
    private static final int LEAST_PER_DICTIONARY = 4;

    private static final int LEAST_ITEMS = 8;

    /** Measures items. */
    public static ItemBaselines of(List<byte[]> items) throws IOException {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        items.forEach(joined::writeBytes);
        byte[] whole = joined.toByteArray();
        long zstd = ByteCodec.zstd().size(items);
        long dictionary = 0;
        for (int size : DICTIONARIES) {
            if (items.size() < LEAST_ITEMS || size > whole.length / LEAST_PER_DICTIONARY) {
                break;
            }
            try {
                byte[] learnt = ByteCodec.dictionary(items, size);
                long bytes = ByteCodec.zstd(learnt).size(items);
                if (bytes + learnt.length < zstd + dictionary) {
                    zstd = bytes;
                    dictionary = learnt.length;
                }
            } catch (ZstdException e) {
                break; // It finds nothing in these items that a dictionary could hold.
            }
        }
        byte[] half = Arrays.copyOf(whole, whole.length / 2);
        return new ItemBaselines(
                items.size(),
                whole.length,
                zstd,
                dictionary,
                ByteCodec.xz().size(List.of(whole)),
                ByteCodec.xz().size(List.of(half)));
    }

    /** Bytes of zstd with its dictionary for that many bytes of such items. */
    public long zstdWithDictionary(long bytes) {
        return dictionary + scaled(zstd, bytes);
    }

    /** Bytes of one xz file of that many bytes of such items. More than was measured costs what the second half of that did. */
    public long solidXz(long bytes) {
        if (bytes <= raw || raw == 0) {
            return bytes == raw ? xz : scaled(xz, bytes);
        }
        return xz + Math.round((bytes - raw) * xzEach());
    }

    /** Bytes of zstd for a byte of such items. */
    double zstdEach() {
        return raw == 0 ? 0 : (double) zstd / raw;
    }

    /** Bytes of xz for a further byte of such items. */
    double xzEach() {
        return raw < 2 ? 0 : (double) (xz - xzOfHalf) / (raw - raw / 2);
    }

    private long scaled(long bytes, long to) {
        return raw == 0 ? bytes : Math.round((double) bytes * to / raw);
    }

    /** What zstd takes for that many bytes of such items, for the user. */
    public String zstdText(long bytes) {
        String best = dictionary == 0 ? "" : ", dictionary of " + Text.count(dictionary, "byte") + " counted";
        return "zstd -19, each item alone" + best + ": " + Text.count(zstdWithDictionary(bytes), "byte")
                + measuredOn(bytes);
    }

    /** What xz takes for that many bytes of such items, for the user. */
    public String xzText(long bytes) {
        return "xz -9e, all as one file: " + Text.count(solidXz(bytes), "byte") + measuredOn(bytes);
    }

    private String measuredOn(long all) {
        return raw >= all ? "" : " (extrapolated from " + Text.count(raw, "byte") + " of them)";
    }
}

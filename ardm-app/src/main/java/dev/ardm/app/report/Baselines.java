package dev.ardm.app.report;

import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDictCompress;
import com.github.luben.zstd.ZstdDictTrainer;
import com.github.luben.zstd.ZstdException;
import dev.ardm.app.Text;
import dev.ardm.core.Space;
import dev.ardm.data.ItemSet;
import dev.ardm.data.image.ImageFiles;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.zip.Deflater;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.jspecify.annotations.Nullable;

/** What the compressors that everybody has make of images, each image a file of its own. */
public final class Baselines {
    private static final int ZSTD_LEVEL = 19;
    private static final int DICTIONARY_BYTES = 16 << 10;
    /** More training items than these make no better dictionary of this size. */
    private static final int DICTIONARY_ITEMS = 20_000;
    /** Signature, IHDR, the frame of one IDAT, IEND. */
    private static final int PNG_FRAME_BYTES = 8 + 25 + 12 + 12;

    private Baselines() {}

    /**
     * What one compressor needs.
     *
     * @param bitsPerDimension over all items, headers counted
     */
    public record Result(String name, double bitsPerDimension) {}

    /**
     * Compresses images with each compressor.
     *
     * @param training what a dictionary may be learnt from
     */
    public static List<Result> measure(ItemSet training, List<int[]> items) {
        Space space = training.space();
        List<Result> results = new ArrayList<>();
        results.add(result("PNG", space, items, item -> png(space, item)));
        results.add(result("Deflate, level 9", space, items, item -> deflated(raw(space, item)).length));
        try (ZstdCompressCtx context = zstd(null)) {
            results.add(result("zstd, level " + ZSTD_LEVEL, space, items, item -> zstd(context, space, item)));
        }
        byte @Nullable [] dictionary = dictionary(training);
        if (dictionary != null) {
            try (ZstdDictCompress learnt = new ZstdDictCompress(dictionary, ZSTD_LEVEL);
                    ZstdCompressCtx context = zstd(learnt)) {
                String name = "zstd, level " + ZSTD_LEVEL + ", dictionary of " + dictionary.length / 1024 + " KiB";
                results.add(result(name, space, items, item -> zstd(context, space, item)));
            }
        }
        return results;
    }

    private static Result result(String name, Space space, List<int[]> items, ToIntFunction<int[]> bytes) {
        long sum = 0;
        for (int[] item : items) {
            sum += bytes.applyAsInt(item);
        }
        return new Result(name, Text.bitsPerDimension(sum, items.size(), space.dimensions()));
    }

    /** One byte per value, or two (little-endian) if the space needs them. */
    public static byte[] raw(Space space, int[] item) {
        if (space.maxCategories() <= 256) {
            byte[] bytes = new byte[item.length];
            for (int i = 0; i < item.length; i++) {
                bytes[i] = (byte) item[i];
            }
            return bytes;
        }
        byte[] bytes = new byte[2 * item.length];
        for (int i = 0; i < item.length; i++) {
            bytes[2 * i] = (byte) item[i];
            bytes[2 * i + 1] = (byte) (item[i] >>> 8);
        }
        return bytes;
    }

    static byte[] deflated(byte[] bytes) {
        Deflater deflater = new Deflater(9, true);
        try {
            deflater.setInput(bytes);
            deflater.finish();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] buffer = new byte[4096];
            while (!deflater.finished()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
            return out.toByteArray();
        } finally {
            deflater.end();
        }
    }

    /** The smallest of three: filters chosen by rule, no filters, and what Java's own writer makes. */
    static int png(Space space, int[] item) {
        try {
            ByteArrayOutputStream filtered = new ByteArrayOutputStream();
            ImageFiles.write(space, item, filtered);
            return Math.min(filtered.size(), Math.min(unfilteredPng(space, item), imageIoPng(space, item)));
        } catch (IOException e) {
            throw new IllegalStateException("writing into memory does not fail", e);
        }
    }

    private static int unfilteredPng(Space space, int[] item) {
        byte[] raw = raw(space, item);
        int row = raw.length / space.extent(0);
        byte[] rows = new byte[raw.length + space.extent(0)];
        for (int y = 0; y < space.extent(0); y++) {
            System.arraycopy(raw, y * row, rows, y * (row + 1) + 1, row);
        }
        int zlibFrame = 6;
        return PNG_FRAME_BYTES + zlibFrame + deflated(rows).length;
    }

    /** Grey and RGB of 8 bits only, {@link Integer#MAX_VALUE} for others. */
    private static int imageIoPng(Space space, int[] item) throws IOException {
        int channels = space.extent(2);
        if (space.maxCategories() > 256 || (channels != 1 && channels != 3)) {
            return Integer.MAX_VALUE;
        }
        BufferedImage image = (channels == 1
                        ? ImageTypeSpecifier.createGrayscale(8, DataBuffer.TYPE_BYTE, false)
                        : ImageTypeSpecifier.createFromBufferedImageType(BufferedImage.TYPE_3BYTE_BGR))
                .createBufferedImage(space.extent(1), space.extent(0));
        WritableRaster raster = image.getRaster();
        raster.setPixels(0, 0, space.extent(1), space.extent(0), item);
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        try {
            ImageWriteParam parameters = writer.getDefaultWriteParam();
            parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            parameters.setCompressionQuality(0);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
                writer.setOutput(out);
                writer.write(null, new IIOImage(image, null, null), parameters);
            }
            return bytes.size();
        } finally {
            writer.dispose();
        }
    }

    private static ZstdCompressCtx zstd(@Nullable ZstdDictCompress dictionary) {
        ZstdCompressCtx context = new ZstdCompressCtx();
        context.setLevel(ZSTD_LEVEL);
        context.setChecksum(false);
        context.setDictID(false);
        if (dictionary != null) {
            context.loadDict(dictionary);
        }
        return context;
    }

    private static int zstd(ZstdCompressCtx context, Space space, int[] item) {
        return context.compress(raw(space, item)).length;
    }

    /** A dictionary learnt from the training items; null if there are too few of them. */
    static byte @Nullable [] dictionary(ItemSet training) {
        int count = Math.min(training.size(), DICTIONARY_ITEMS);
        long total = 0;
        List<byte[]> samples = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            byte[] raw = raw(training.space(), training.item((int) ((long) i * training.size() / count)));
            if (total + raw.length > 1 << 28) {
                break;
            }
            total += raw.length;
            samples.add(raw);
        }
        int size = (int) Math.min(DICTIONARY_BYTES, total / 8);
        if (size < 1024) {
            return null;
        }
        ZstdDictTrainer trainer = new ZstdDictTrainer((int) total, size, ZSTD_LEVEL);
        for (byte[] sample : samples) {
            if (!trainer.addSample(sample)) {
                break;
            }
        }
        try {
            return trainer.trainSamples();
        } catch (ZstdException e) {
            return null;
        }
    }
}

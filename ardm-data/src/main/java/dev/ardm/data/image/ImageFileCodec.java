package dev.ardm.data.image;

import dev.ardm.core.Item;
import dev.ardm.data.DataException;
import dev.ardm.data.DecodedImage;
import dev.ardm.data.ImageDecoder;
import dev.ardm.data.png.ColourKind;
import dev.ardm.data.png.PngChunk;
import dev.ardm.data.png.PngFile;
import dev.ardm.data.png.PngHeader;
import dev.ardm.data.png.PngWriter;
import dev.ardm.data.png.RasterImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Turns image files into layers of a model of 8-bit channels with side information, and back. What comes back is
 * verified when it is made. Of a PNG all pixels, its colour type, its bits, its palette and its other chunks come back; of
 * other files the pixels with all channels and bits, as a PNG. Bytes after the end of a PNG, the comments in the header of a PNM, and
 * the resolution that a BMP or TIFF names are left out. Where the file itself is asked for, it is stored whole, without the model,
 * since no PNG could be compressed to the same bytes again. Safe for use by several threads.
 */
public final class ImageFileCodec {
    private static final int RAW = 0;
    private static final int LAYERED = 1;

    /** The file that is made of the layers. Other numbers were used before the first release. */
    private static final int PNG = 0;

    private static final List<String> NEEDED = List.of("PLTE", "tRNS");

    private final int channels;
    private final boolean exactFile;
    private final boolean keepMetadata;
    private final int mostSamples;

    /** How much of a file comes back. */
    public enum Fidelity {
        /** The pixels with all channels and bits, and of a PNG the metadata if that is kept, as a PNG. */
        PIXELS,
        /** The file byte by byte, which is stored as it is: the layers are a single pixel without a meaning. */
        STORED_FILE
    }

    /**
     * A file ready to be coded.
     *
     * @param extra what belongs to it beside its layers
     * @param layers of the model's channels, values in [0, 256)
     * @param fidelity what comes back
     */
    @SuppressWarnings("ArrayRecordComponent") // A carrier; nobody compares them.
    public record Encoded(byte[] extra, LayeredImage layers, Fidelity fidelity) {
        /** The item that it is. */
        public Item item(String name, OptionalLong modified) {
            return new Item(name, modified, layers.shape(), layers.values(), extra);
        }
    }

    /**
     * A codec.
     *
     * @param channels of the model, 1 or 3 of 256 values each
     * @param exactFile whether files must come back byte by byte
     * @param keepMetadata whether the chunks of PNG files are kept and other files with metadata refused; if false, metadata is
     *     left out. Does not matter if files come back byte by byte.
     * @throws IllegalArgumentException if the model has another number of channels
     */
    public ImageFileCodec(int channels, boolean exactFile, boolean keepMetadata) {
        this(channels, exactFile, keepMetadata, PngHeader.MOST_SAMPLES);
    }

    /**
     * A codec that takes small images only, as where a few bytes of a stranger must not keep a machine busy for seconds.
     *
     * @param mostSamples height x width x channels of the largest image that is taken apart, in [1, 2^28]
     * @throws IllegalArgumentException if the model has another number of channels, or there is no such limit
     */
    public ImageFileCodec(int channels, boolean exactFile, boolean keepMetadata, int mostSamples) {
        if (mostSamples < 1 || mostSamples > PngHeader.MOST_SAMPLES) {
            throw new IllegalArgumentException(
                    "a limit of " + mostSamples + " samples is outside [1, " + PngHeader.MOST_SAMPLES + "]");
        }
        if (channels != 1 && channels != 3) {
            throw new IllegalArgumentException(
                    "images of any kind take a model of 1 or 3 channels, not of " + channels);
        }
        this.channels = channels;
        this.exactFile = exactFile;
        this.keepMetadata = keepMetadata;
        this.mostSamples = mostSamples;
    }

    /**
     * Whether a file is of an image format, going by how it begins.
     *
     * @param name of the file, for messages
     * @throws DataException if it is an image whose header cannot be read
     */
    public static boolean looksLikeImage(byte[] file, String name) throws IOException {
        return PngFile.looksLikePng(file) || ImageDecoder.header(file, name) != null;
    }

    /** An image, and the chunks of a PNG that belong to it. */
    private record Source(RasterImage image, List<PngChunk> before, List<PngChunk> after) {}

    /**
     * Takes a file apart. Where the file itself is asked for, it is not decoded.
     *
     * @param name of the file, for messages
     * @throws DataException if it is not an image that can be read completely and exactly, or holds what would be lost
     */
    public Encoded encode(byte[] file, String name) throws IOException {
        if (exactFile) {
            if (!looksLikeImage(file, name)) {
                throw DataException.in(name, "no image of a known format");
            }
            byte[] extra = new ExtraWriter().number(RAW).raw(file).toBytes();
            return new Encoded(extra, new LayeredImage(1, 1, 1, new int[channels]), Fidelity.STORED_FILE);
        }
        Source source = PngFile.looksLikePng(file) ? png(file, name) : other(file, name);
        LayerLayout.Decomposed decomposed = LayerLayout.decompose(source.image, Palette.of(source.before), channels);
        byte[] extra = extra(source, decomposed.layout());
        verify(source, extra, decomposed.layers(), name);
        return new Encoded(extra, decomposed.layers(), Fidelity.PIXELS);
    }

    private Source png(byte[] file, String name) throws DataException {
        PngFile png = PngFile.read(file, name);
        PngHeader header = png.header();
        png.requireImage();
        requireRoom((long) header.height() * header.width(), header.kind(), header.bits(), name);
        return new Source(png.image(), kept(png.before(), header.kind()), kept(png.after(), header.kind()));
    }

    /** Refuses what is larger than wanted, or than what the heap can hold, before it is unpacked. */
    private void requireRoom(long pixels, ColourKind kind, int bits, String name) throws DataException {
        long samples = pixels * kind.channels();
        if (samples > mostSamples) {
            throw DataException.in(name, "an image of " + samples + " samples, more than " + mostSamples);
        }
        ImageMemory.require(name, pixels, kind, bits, channels);
    }

    private List<PngChunk> kept(List<PngChunk> chunks, ColourKind kind) {
        if (keepMetadata) {
            return chunks;
        }
        boolean palette = kind == ColourKind.PALETTE;
        return chunks.stream()
                .filter(chunk -> NEEDED.contains(chunk.type())
                        && (palette || !chunk.type().equals("PLTE")))
                .toList();
    }

    private Source other(byte[] file, String name) throws IOException {
        ImageDecoder.Header header = ImageDecoder.header(file, name);
        if (header != null) {
            requireRoom((long) header.height() * header.width(), ColourKind.of(header.channels()), header.bits(), name);
        }
        DecodedImage decoded = ImageDecoder.decode(file, name, mostSamples);
        if (decoded == null) {
            throw DataException.in(name, "no image of a known format");
        }
        RasterImage image = new RasterImage(
                decoded.height(), decoded.width(), ColourKind.of(decoded.channels()), decoded.bits(), decoded.values());
        String lost = keepMetadata ? ForeignMetadata.lost(file) : null;
        if (lost != null) {
            throw DataException.in(
                    name, lost + " (--exact-file keeps the file itself, --no-metadata its pixels alone)");
        }
        return new Source(image, List.of(), List.of());
    }

    private static byte[] extra(Source source, LayerLayout layout) {
        ExtraWriter out = new ExtraWriter().number(LAYERED);
        out.number(source.image.kind().ordinal() << 5 | source.image.bits());
        layout.write(out);
        for (List<PngChunk> chunks : List.of(source.before, source.after)) {
            out.varint(chunks.size());
            for (PngChunk chunk : chunks) {
                out.raw(chunk.type().getBytes(StandardCharsets.ISO_8859_1)).bytes(chunk.data());
            }
        }
        return out.number(PNG).toBytes();
    }

    private void verify(Source source, byte[] extra, LayeredImage layers, String name) throws DataException {
        Source back = source(extra, layers, name);
        PngFile png = PngFile.read(PngWriter.bytes(back.image, back.before, back.after), name);
        RasterImage image = png.image();
        if (!Arrays.equals(back.image.samples(), source.image.samples())
                || !Arrays.equals(image.samples(), source.image.samples())
                || image.kind() != source.image.kind()
                || image.bits() != source.image.bits()
                || image.height() != source.image.height()
                || !same(png.before(), source.before)
                || !same(png.after(), source.after)) {
            throw new IllegalStateException(name + ": the image does not come back from its layers");
        }
    }

    private static boolean same(List<PngChunk> a, List<PngChunk> b) {
        boolean same = a.size() == b.size();
        for (int i = 0; same && i < a.size(); i++) {
            same = a.get(i).type().equals(b.get(i).type())
                    && Arrays.equals(a.get(i).data(), b.get(i).data());
        }
        return same;
    }

    /**
     * The file that comes back.
     *
     * @param extra as {@link #encode} made it
     * @param layers likewise
     * @param name of the image, for messages
     * @throws DataException if they do not belong together
     */
    public byte[] decode(byte[] extra, LayeredImage layers, String name) throws DataException {
        if (extra.length > 0 && extra[0] == RAW) {
            return Arrays.copyOfRange(extra, 1, extra.length);
        }
        Source source = source(extra, layers, name);
        return PngWriter.bytes(source.image, source.before, source.after);
    }

    /** The image itself; null if the file is stored as it is. */
    public @Nullable RasterImage image(byte[] extra, LayeredImage layers, String name) throws DataException {
        return extra.length > 0 && extra[0] == RAW ? null : source(extra, layers, name).image;
    }

    private Source source(byte[] extra, LayeredImage layers, String name) throws DataException {
        ExtraReader in = new ExtraReader(extra, name);
        if (in.number() != LAYERED) {
            throw in.damaged("an unknown kind");
        }
        int packed = in.number();
        ColourKind[] kinds = ColourKind.values();
        int bits = packed & 31;
        if (packed >> 5 >= kinds.length || !kinds[packed >> 5].allows(bits)) {
            throw in.damaged("no such image: " + packed);
        }
        ColourKind kind = kinds[packed >> 5];
        LayerLayout layout = LayerLayout.read(in, kind, bits);
        List<PngChunk> before = chunks(in);
        List<PngChunk> after = chunks(in);
        RasterImage image = layout.compose(layers, kind, bits, Palette.of(before), channels, in);
        int restored = in.number();
        if (restored != PNG) {
            throw in.damaged("the file was to be restored by recipe " + restored
                    + ", which only early development versions had");
        }
        in.end();
        return new Source(image, before, after);
    }

    private static List<PngChunk> chunks(ExtraReader in) throws DataException {
        int count = in.varint();
        List<PngChunk> chunks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            chunks.add(new PngChunk(new String(in.raw(4), StandardCharsets.ISO_8859_1), in.bytes()));
        }
        return chunks;
    }
}

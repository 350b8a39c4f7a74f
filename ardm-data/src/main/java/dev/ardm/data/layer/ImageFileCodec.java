package dev.ardm.data.layer;

import dev.ardm.core.Item;
import dev.ardm.data.DataException;
import dev.ardm.data.UnreadImageException;
import dev.ardm.data.file.FileRemarks;
import dev.ardm.data.image.DecodedImage;
import dev.ardm.data.image.ImageFile;
import dev.ardm.data.png.ColourKind;
import dev.ardm.data.png.PngChunk;
import dev.ardm.data.png.PngFile;
import dev.ardm.data.png.PngHeader;
import dev.ardm.data.png.PngWriter;
import dev.ardm.data.png.RasterImage;
import dev.ardm.data.structure.Structure;
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
 * other files the pixels with all channels, bits, palette and resolution, as a PNG. A file that has more is kept whole, without the
 * model: {@link Kept} has the choices. Safe for use by several threads.
 */
public final class ImageFileCodec {
    /** A file as it is, behind one pixel without a meaning: in archives of before there were items that are kept whole. */
    private static final int RAW = 0;

    private static final int LAYERED = 1;

    /** The file that is made of the layers. Other numbers were used before the first release. */
    private static final int PNG = 0;

    private static final List<String> NEEDED = List.of("PLTE", "tRNS");

    private final int channels;
    private final Kept kept;
    private final int mostSamples;

    /** The part of an image file that is restored. */
    public enum Kept {
        /** The file byte by byte, which is kept whole. */
        FILE(true),
        /** All pixels, channels and bits, and the chunks of a PNG, as a PNG. Files of which that would lack something are kept whole. */
        METADATA(true),
        /** All pixels, channels and bits, as a PNG; metadata is left out. Files whose pixels are not understood are kept whole. */
        PIXELS(true),
        /** The same, to be measured: files whose pixels are not understood are refused. */
        MEASURED(false),
        /**
         * The same, with palettes looked up and levels of few bits spread to 8: any pixel may be given any other colour then, as
         * when something is filled in.
         */
        COLOURS(false);

        private final boolean wholeFiles;

        Kept(boolean wholeFiles) {
            this.wholeFiles = wholeFiles;
        }

        /** Whether a file may be kept whole. */
        boolean wholeFiles() {
            return wholeFiles;
        }

        /** Why an image is stored as its file, in words; null if as its pixels. */
        @Nullable
        String wholeBecause(ImageFile image) {
            if (this == METADATA && image.isLossy()) {
                return "a JPEG";
            }
            if (this == METADATA && !image.lost().isEmpty()) {
                return "with " + String.join(", ", image.lost());
            }
            return this == PIXELS && image.isTurned() ? "with " + Structure.TURNED : null;
        }
    }

    /**
     * An image file as an item.
     *
     * @param became what is to be said of the file; null for nothing
     * @param about see {@link FileRemarks.Kind#words}
     */
    public record Encoded(Item item, FileRemarks.@Nullable Kind became, String about) {
        /** What is to be said of the file, to follow a number of files; empty for nothing. */
        public String remark() {
            return became == null ? "" : became.words(about);
        }
    }

    /**
     * A codec.
     *
     * @param channels of the model, 1 or 3 of 256 values each
     * @throws IllegalArgumentException if the model has another number of channels
     */
    public ImageFileCodec(int channels, Kept kept) {
        this(channels, kept, PngHeader.MOST_SAMPLES);
    }

    /**
     * A codec that takes small images only, as where a few bytes of a stranger must not keep a machine busy for seconds.
     *
     * @param mostSamples height x width x channels of the largest image that is taken apart, in [1, 2^28]
     * @throws IllegalArgumentException if the model has another number of channels, or the limit is out of range
     */
    public ImageFileCodec(int channels, Kept kept, int mostSamples) {
        if (mostSamples < 1 || mostSamples > PngHeader.MOST_SAMPLES) {
            throw new IllegalArgumentException(
                    "a limit of " + mostSamples + " samples is outside [1, " + PngHeader.MOST_SAMPLES + "]");
        }
        if (channels != 1 && channels != 3) {
            throw new IllegalArgumentException(
                    "images of any kind take a model of 1 or 3 channels, not of " + channels);
        }
        this.channels = channels;
        this.kept = kept;
        this.mostSamples = mostSamples;
    }

    /**
     * Whether a file is of an image format, going by how it begins.
     *
     * @param name of the file, for messages
     * @throws DataException if it is an image that is damaged
     */
    public static boolean looksLikeImage(byte[] file, String name) throws DataException {
        try {
            return PngFile.looksLikePng(file) || ImageFile.open(file, name) != null;
        } catch (UnreadImageException e) {
            return true;
        }
    }

    /** An image, and the chunks of a PNG that belong to it. */
    private record Source(RasterImage image, List<PngChunk> before, List<PngChunk> after) {}

    /** The item alone, see {@link #take}. */
    public Item encode(byte[] file, String name) throws DataException {
        return take(file, name).item();
    }

    /**
     * Takes a file apart, or as it is. Where the file itself is kept, it is not decoded.
     *
     * @param name of the file, for messages and as that of the item
     * @return an image of any size, of the model's channels, with the file that may stand for it; or the file whole
     * @throws DataException if it is not an image, is damaged, or cannot be read completely and exactly and is not kept as it is
     */
    public Encoded take(byte[] file, String name) throws DataException {
        if (kept == Kept.FILE) {
            if (!looksLikeImage(file, name)) {
                throw noImage(name);
            }
            return new Encoded(Item.whole(name, file), null, "");
        }
        try {
            ImageFile image = ImageFile.open(file, name);
            if (image == null) {
                throw noImage(name);
            }
            String because = kept.wholeBecause(image);
            return because == null ? layered(image, file, name) : remarked(file, name, because);
        } catch (UnreadImageException e) {
            if (!kept.wholeFiles()) {
                throw e;
            }
            return remarked(file, name, e.reason());
        }
    }

    private static DataException noImage(String name) {
        return DataException.in(name, "no image of a known format");
    }

    private static Encoded remarked(byte[] file, String name, String because) {
        return new Encoded(Item.whole(name, file), FileRemarks.Kind.KEPT_WHOLE, because);
    }

    private Encoded layered(ImageFile image, byte[] file, String name) throws DataException {
        Source source = source(image, name);
        LayerLayout.Decomposed layers = LayerLayout.decompose(source.image, Palette.of(source.before), channels);
        Item item =
                new Item(name, OptionalLong.empty(), layers.shape(), layers.values(), side(source, layers.layout()));
        byte[] png = verify(source, item);
        return switch (kept) {
            case FILE, METADATA -> new Encoded(item.of(name, file), null, "");
            case PIXELS -> new Encoded(item.of(name, png), null, "");
            case MEASURED, COLOURS -> measured(item, String.join(", ", image.metadata()));
        };
    }

    private static Encoded measured(Item item, String without) {
        return new Encoded(item, without.isEmpty() ? null : FileRemarks.Kind.TAKEN_WITHOUT, without);
    }

    private Source source(ImageFile file, String name) throws DataException {
        file.requireData();
        boolean colours = kept == Kept.COLOURS;
        ColourKind kind = colours && file.kind() == ColourKind.PALETTE ? ColourKind.RGB_ALPHA : file.kind();
        requireRoom((long) file.height() * file.width(), kind, file.bits(), name);
        if (colours) {
            DecodedImage image = file.decoded(mostSamples).ofWholeBytes();
            RasterImage raster = new RasterImage(
                    image.height(), image.width(), ColourKind.of(image.channels()), image.bits(), image.values());
            return new Source(raster, List.of(), List.of());
        }
        return new Source(file.image(), kept(file.before(), kind), kept(file.after(), kind));
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
        if (kept == Kept.METADATA) {
            return chunks;
        }
        boolean palette = kind == ColourKind.PALETTE;
        return chunks.stream()
                .filter(chunk -> NEEDED.contains(chunk.type())
                        && (palette || !chunk.type().equals("PLTE")))
                .toList();
    }

    private static byte[] side(Source source, LayerLayout layout) {
        SideWriter out = new SideWriter().number(LAYERED);
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

    /** Makes the file that comes back, and checks it. */
    private byte[] verify(Source source, Item item) throws DataException {
        Source back = source(item);
        byte[] file = PngWriter.bytes(back.image, back.before, back.after);
        PngFile png = PngFile.read(file, item.name());
        RasterImage image = png.image();
        if (!Arrays.equals(back.image.samples(), source.image.samples())
                || !Arrays.equals(image.samples(), source.image.samples())
                || image.kind() != source.image.kind()
                || image.bits() != source.image.bits()
                || image.height() != source.image.height()
                || !same(png.before(), source.before)
                || !same(png.after(), source.after)) {
            throw new IllegalStateException(item.name() + ": the image does not come back from its layers");
        }
        return file;
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
     * @param item as {@link #encode} made it, perhaps with another name
     * @throws DataException if its parts do not belong together
     */
    public byte[] decode(Item item) throws IOException {
        Item.Source whole = item.source();
        if (whole != null && item.isWhole()) {
            return whole.bytes();
        }
        if (isWhole(item)) {
            return Arrays.copyOfRange(item.side(), 1, item.side().length);
        }
        Source source = source(item);
        return PngWriter.bytes(source.image, source.before, source.after);
    }

    /** The image itself; null if the file is stored as it is. */
    public @Nullable RasterImage image(Item item) throws DataException {
        return isWhole(item) ? null : source(item).image;
    }

    /** Whether a file is stored as it is, so that its values have no meaning. */
    public static boolean isWhole(Item item) {
        return item.isWhole() || (item.side().length > 0 && item.side()[0] == RAW);
    }

    /**
     * Which layers of an image hold how opaque it is, and not its colours.
     *
     * @return for each layer; empty if the file is kept whole
     */
    public boolean[] opacity(Item item) throws DataException {
        if (item.isWhole()) {
            return new boolean[0];
        }
        boolean[] opacity = new boolean[item.shape()[2]];
        if (!isWhole(item)) {
            SideReader in = new SideReader(item.side(), item.name());
            Kind kind = Kind.read(in);
            LayerLayout layout = LayerLayout.read(in, kind.colours, kind.bits);
            for (int layer = 0; layer < opacity.length; layer++) {
                opacity[layer] = layout.isOpacity(layer, channels);
            }
        }
        return opacity;
    }

    /** The beginning of the side information. */
    private record Kind(ColourKind colours, int bits) {
        static Kind read(SideReader in) throws DataException {
            if (in.number() != LAYERED) {
                throw in.damaged("an unknown kind");
            }
            int packed = in.number();
            ColourKind[] kinds = ColourKind.values();
            int bits = packed & 31;
            if (packed >> 5 >= kinds.length || !kinds[packed >> 5].allows(bits)) {
                throw in.damaged("no such image: " + packed);
            }
            return new Kind(kinds[packed >> 5], bits);
        }
    }

    private Source source(Item item) throws DataException {
        SideReader in = new SideReader(item.side(), item.name());
        Kind kind = Kind.read(in);
        LayerLayout layout = LayerLayout.read(in, kind.colours, kind.bits);
        List<PngChunk> before = chunks(in);
        List<PngChunk> after = chunks(in);
        RasterImage image = layout.compose(item, kind.colours, kind.bits, Palette.of(before), channels, in);
        int restored = in.number();
        if (restored != PNG) {
            throw in.damaged("the file was to be restored by recipe " + restored
                    + ", which only early development versions had");
        }
        in.end();
        return new Source(image, before, after);
    }

    private static List<PngChunk> chunks(SideReader in) throws DataException {
        int count = in.varint();
        List<PngChunk> chunks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            chunks.add(new PngChunk(new String(in.raw(4), StandardCharsets.ISO_8859_1), in.bytes()));
        }
        return chunks;
    }
}

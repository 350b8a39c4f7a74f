package dev.ardm.data.format.sequence;

import dev.ardm.core.counts.pixel.PictureCountsModel;
import dev.ardm.data.DataException;
import dev.ardm.data.format.Varints;
import dev.ardm.data.png.ColourKind;
import dev.ardm.data.png.PngChunk;
import dev.ardm.data.png.PngFile;
import dev.ardm.data.png.PngWriter;
import dev.ardm.data.png.RasterImage;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A PNG file as the bytes of a picture. Beside its pixels it has: colour type and bits in a byte; and twice, for what is before and after
 * the image data, the number of chunks and of each its type, twice its length (and 1 more, if it is in the list of colours), and its
 * data; then the bytes behind the end of the file. A pixel is alpha, if there is any, and then its levels; of 16 bits the high byte before the low one. The pixels of a palette are
 * its colours, if these say which of them it is, and else their numbers.
 */
final class PictureBytes {
    private static final int PALETTE_COLOURS = 256;

    private PictureBytes() {}

    /** Colours with the number of each: of a palette, or all levels of a few bits. */
    @SuppressWarnings("ArrayRecordComponent") // Compared by its bytes.
    private record Palette(int channels, byte[] bytes) {
        int count() {
            return bytes.length / channels;
        }

        boolean same(int a, int b) {
            return Arrays.equals(bytes, a * channels, (a + 1) * channels, bytes, b * channels, (b + 1) * channels);
        }

        /** The number of the first colour that is this one; -1 if there is none. */
        int number(byte[] pixels, int at) {
            for (int k = 0; k < count(); k++) {
                if (Arrays.equals(bytes, k * channels, (k + 1) * channels, pixels, at, at + channels)) {
                    return k;
                }
            }
            return -1;
        }
    }

    /** The picture of a PNG file; null if it is none, or cannot be one. */
    static byte @Nullable [] of(byte[] file, String place) {
        if (!PngFile.looksLikePng(file)) {
            return null;
        }
        try {
            PngFile png = PngFile.read(file, place);
            if (png.chunk("acTL") != null
                    || (long) png.header().height() * png.header().width() > PictureCountsModel.MOST_BYTES) {
                return null; // An animation, or too large.
            }
            RasterImage image = png.image();
            byte[] picture = bytes(image, png, Arrays.copyOfRange(file, file.length - png.trailing(), file.length));
            byte[] back = png(picture, place);
            return comesBack(image, png, file, PngFile.read(back, place), back) ? picture : null;
        } catch (DataException e) {
            return null; // The file itself is kept.
        }
    }

    private static boolean comesBack(RasterImage image, PngFile from, byte[] file, PngFile png, byte[] made)
            throws DataException {
        RasterImage back = png.image();
        return Arrays.equals(back.samples(), image.samples())
                && back.height() == image.height()
                && back.kind() == image.kind()
                && back.bits() == image.bits()
                && same(png.before(), from.before())
                && same(png.after(), from.after())
                && Arrays.equals(
                        made,
                        made.length - png.trailing(),
                        made.length,
                        file,
                        file.length - from.trailing(),
                        file.length);
    }

    private static boolean same(List<PngChunk> a, List<PngChunk> b) {
        boolean same = a.size() == b.size();
        for (int i = 0; same && i < a.size(); i++) {
            same = a.get(i).type().equals(b.get(i).type())
                    && Arrays.equals(a.get(i).data(), b.get(i).data());
        }
        return same;
    }

    private static byte[] bytes(RasterImage image, PngFile png, byte[] trailing) {
        Palette palette = palette(image, png.before());
        ByteArrayOutputStream beside = new ByteArrayOutputStream();
        beside.write(image.kind().ordinal() << 5 | image.bits());
        boolean listed = palette != null && image.kind() == ColourKind.PALETTE;
        put(beside, png.before(), listed);
        put(beside, png.after(), false);
        beside.writeBytes(trailing);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(palette != null ? palette.channels : channels(image.kind(), image.bits()));
        Varints.put(out, image.height());
        Varints.put(out, image.width());
        Varints.put(out, palette == null ? 0 : palette.count());
        Varints.put(out, beside.size());
        out.writeBytes(beside.toByteArray());
        if (palette != null) {
            out.writeBytes(palette.bytes);
            for (int sample : image.samples()) {
                out.write(palette.bytes, sample * palette.channels, palette.channels);
            }
        } else {
            putSamples(out, image);
        }
        return out.toByteArray();
    }

    private static int channels(ColourKind kind, int bits) {
        return kind.channels() * (bits == 16 ? 2 : 1);
    }

    private static void put(ByteArrayOutputStream out, List<PngChunk> chunks, boolean listed) {
        Varints.put(out, chunks.size());
        for (PngChunk chunk : chunks) {
            out.writeBytes(chunk.type().getBytes(StandardCharsets.ISO_8859_1));
            boolean inColours = listed && isColours(chunk.type());
            Varints.put(out, 2 * chunk.data().length + (inColours ? 1 : 0));
            if (!inColours) {
                out.writeBytes(chunk.data());
            }
        }
    }

    private static boolean isColours(String type) {
        return type.equals("PLTE") || type.equals("tRNS");
    }

    private static void putSamples(ByteArrayOutputStream out, RasterImage image) {
        int each = image.kind().channels();
        int first = image.kind().alpha() ? each - 1 : 0;
        for (int at = 0; at < image.samples().length; at += each) {
            for (int k = 0; k < each; k++) {
                int sample = image.samples()[at + (first + k) % each];
                if (image.bits() == 16) {
                    out.write(sample >> 8);
                }
                out.write(sample);
            }
        }
    }

    /** The colours that a picture lists; null if it lists none. */
    private static @Nullable Palette palette(RasterImage image, List<PngChunk> before) {
        if (image.kind() == ColourKind.GREY && image.bits() < 8) {
            byte[] levels = new byte[1 << image.bits()];
            for (int k = 0; k < levels.length; k++) {
                levels[k] = (byte) k;
            }
            return new Palette(1, levels);
        }
        if (image.kind() != ColourKind.PALETTE) {
            return null;
        }
        Palette palette = palette(data(before, "PLTE"), data(before, "tRNS"));
        return palette != null && saysNumbers(palette, image.samples()) ? palette : null;
    }

    private static byte @Nullable [] data(List<PngChunk> chunks, String type) {
        List<PngChunk> all =
                chunks.stream().filter(chunk -> chunk.type().equals(type)).toList();
        return all.size() == 1 ? all.get(0).data() : all.isEmpty() ? null : new byte[1]; // Several are none.
    }

    private static @Nullable Palette palette(byte @Nullable [] rgb, byte @Nullable [] alpha) {
        if (rgb == null || rgb.length % 3 != 0 || rgb.length == 0 || rgb.length / 3 > PALETTE_COLOURS) {
            return null;
        }
        if (alpha == null) {
            return new Palette(3, rgb);
        }
        int count = rgb.length / 3;
        if (alpha.length > count) {
            return null;
        }
        byte[] bytes = new byte[4 * count];
        for (int k = 0; k < count; k++) {
            bytes[4 * k] = k < alpha.length ? alpha[k] : (byte) 255;
            System.arraycopy(rgb, 3 * k, bytes, 4 * k + 1, 3);
        }
        return new Palette(4, bytes);
    }

    /** Whether the colour of each sample is that of no earlier one. */
    private static boolean saysNumbers(Palette palette, int[] samples) {
        boolean[] says = new boolean[PALETTE_COLOURS];
        for (int a = 0; a < palette.count(); a++) {
            says[a] = true;
            for (int b = 0; b < a; b++) {
                says[a] &= !palette.same(a, b);
            }
        }
        for (int sample : samples) {
            if (!says[sample]) {
                return false;
            }
        }
        return true;
    }

    /**
     * The PNG file of a picture.
     *
     * @throws DataException if there is none
     */
    static byte[] png(byte[] picture, String place) throws DataException {
        Varints in = new Varints(place, picture);
        int channels = in.next();
        int height = in.next();
        int width = in.next();
        int count = in.next();
        int besideEnd = in.next();
        besideEnd += in.position();
        int coloursEnd = besideEnd + count * channels;
        if (height < 1
                || width < 1
                || channels < 1
                || besideEnd < 0
                || besideEnd > picture.length
                || picture.length - coloursEnd != (long) height * width * channels) {
            throw in.damaged("there is no such picture");
        }
        int packed = in.bytes(1)[0] & 0xFF;
        ColourKind[] kinds = ColourKind.values();
        int bits = packed & 31;
        if (packed >> 5 >= kinds.length || !kinds[packed >> 5].allows(bits)) {
            throw in.damaged("no such image: " + packed);
        }
        ColourKind kind = kinds[packed >> 5];
        byte[] colours = Arrays.copyOfRange(picture, besideEnd, coloursEnd);
        @Nullable Palette palette = count == 0 ? null : new Palette(channels, colours);
        if (palette != null
                ? kind != ColourKind.PALETTE && kind != ColourKind.GREY
                : channels != channels(kind, bits)) {
            throw in.damaged("an image of " + kind + " does not have " + channels + " channels");
        }
        List<PngChunk> before = chunks(in, picture, palette);
        List<PngChunk> after = chunks(in, picture, null);
        if (in.position() > besideEnd) {
            throw in.damaged("its chunks are longer than it is");
        }
        byte[] trailing = in.bytes(besideEnd - in.position());
        int[] samples = samples(in, picture, coloursEnd, height * width, kind, bits, palette);
        byte[] png = PngWriter.bytes(new RasterImage(height, width, kind, bits, samples), before, after);
        byte[] file = Arrays.copyOf(png, png.length + trailing.length);
        System.arraycopy(trailing, 0, file, png.length, trailing.length);
        return file;
    }

    private static List<PngChunk> chunks(Varints in, byte[] picture, @Nullable Palette palette) throws DataException {
        int count = in.next();
        List<PngChunk> chunks = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            String type = new String(in.bytes(4), StandardCharsets.ISO_8859_1);
            int twice = in.next();
            boolean listed = (twice & 1) == 1;
            if (listed && (palette == null || !isColours(type))) {
                throw in.damaged("a chunk that is in no list of colours");
            }
            byte[] data = listed ? listed(in, type, twice / 2, Objects.requireNonNull(palette)) : in.bytes(twice / 2);
            chunks.add(new PngChunk(type, data));
        }
        return chunks;
    }

    private static byte[] listed(Varints in, String type, int length, Palette palette) throws DataException {
        boolean alpha = type.equals("tRNS");
        if (palette.channels != 4 && (alpha || palette.channels != 3)
                || length > (alpha ? palette.count() : 3 * palette.count())) {
            throw in.damaged("the colours are too few for a chunk");
        }
        byte[] data = new byte[length];
        for (int k = 0; k < length; k++) {
            data[k] = alpha
                    ? palette.bytes[4 * k]
                    : palette.bytes[k / 3 * palette.channels + palette.channels - 3 + k % 3];
        }
        return data;
    }

    private static int[] samples(
            Varints in, byte[] picture, int from, int pixels, ColourKind kind, int bits, @Nullable Palette palette)
            throws DataException {
        int each = palette != null ? 1 : kind.channels();
        int first = kind.alpha() ? each - 1 : 0;
        int[] samples = new int[pixels * each];
        int at = from;
        for (int pixel = 0; pixel < samples.length; pixel += each) {
            for (int k = 0; k < each; k++) {
                int sample;
                if (palette != null) {
                    sample = palette.number(picture, at);
                    at += palette.channels;
                } else {
                    sample = picture[at++] & 0xFF;
                    sample = bits == 16 ? sample << 8 | picture[at++] & 0xFF : sample;
                }
                if (sample < 0 || sample >> bits != 0) {
                    throw in.damaged("a pixel that the image cannot have");
                }
                samples[pixel + (first + k) % each] = sample;
            }
        }
        return samples;
    }
}

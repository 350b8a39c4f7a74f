package dev.ardm.data.structure;

import dev.ardm.data.DataException;
import dev.ardm.data.png.ColourKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** TIFF files of a single image, without loss: grey, RGB with or without alpha, and palettes. */
final class Tiff {
    private static final int WIDTH = 256;
    private static final int HEIGHT = 257;
    private static final int BITS = 258;
    private static final int COMPRESSION = 259;
    private static final int PHOTOMETRIC = 262;
    private static final int FILL_ORDER = 266;
    private static final int STRIP_OFFSETS = 273;
    private static final int SAMPLES = 277;
    private static final int ROWS = 278;
    private static final int STRIP_BYTES = 279;
    private static final int RESOLUTION_ACROSS = 282;
    private static final int RESOLUTION_DOWN = 283;
    private static final int PLANES = 284;
    private static final int RESOLUTION_UNIT = 296;
    private static final int PAGE = 297;
    private static final int PREDICTOR = 317;
    private static final int COLOURS = 320;
    private static final int TILE_WIDTH = 322;
    private static final int TILE_HEIGHT = 323;
    private static final int TILE_OFFSETS = 324;
    private static final int TILE_BYTES = 325;
    private static final int EXTRA_SAMPLES = 338;
    private static final int SAMPLE_FORMAT = 339;
    private static final int EXIF_DIRECTORY = 34665;

    /** Tags that say how the pixels are stored. */
    private static final Set<Integer> STORAGE = Set.of(
            WIDTH,
            HEIGHT,
            BITS,
            COMPRESSION,
            PHOTOMETRIC,
            STRIP_OFFSETS,
            SAMPLES,
            ROWS,
            STRIP_BYTES,
            RESOLUTION_ACROSS,
            RESOLUTION_DOWN,
            PLANES,
            RESOLUTION_UNIT,
            PREDICTOR,
            COLOURS,
            TILE_WIDTH,
            TILE_HEIGHT,
            TILE_OFFSETS,
            TILE_BYTES,
            292, // options of facsimile
            293,
            EXTRA_SAMPLES,
            SAMPLE_FORMAT);

    /** Tags that say nothing where they have a single value, this one. */
    private static final Map<Integer, Long> USUAL = Map.of(
            254,
            0L, // a whole image
            255,
            1L, // the same in old files
            263,
            1L, // no dithering
            FILL_ORDER,
            1L, // high bits first
            TiffDirectory.ORIENTATION,
            1L,
            280,
            0L); // least value

    private static final Map<Integer, String> NAMES = Map.ofEntries(
            Map.entry(269, "a document name"),
            Map.entry(270, "a description"),
            Map.entry(271, "the make of a camera"),
            Map.entry(272, "the model of a camera"),
            Map.entry(TiffDirectory.ORIENTATION, Structure.TURNED),
            Map.entry(285, "a page name"),
            Map.entry(305, "the name of a program"),
            Map.entry(306, "a date"),
            Map.entry(315, "an artist"),
            Map.entry(318, "the calibration of its colours"),
            Map.entry(319, "the calibration of its colours"),
            Map.entry(33432, "a copyright"),
            Map.entry(34675, "a colour profile"),
            Map.entry(EXIF_DIRECTORY, Exif.NAME),
            Map.entry(34853, "a place (GPS)"),
            Map.entry(700, "XMP data"),
            Map.entry(33723, "IPTC data"),
            Map.entry(34377, "data of Photoshop"),
            Map.entry(33550, "GeoTIFF data"),
            Map.entry(33922, "GeoTIFF data"),
            Map.entry(34264, "GeoTIFF data"),
            Map.entry(34735, "GeoTIFF data"),
            Map.entry(34736, "GeoTIFF data"),
            Map.entry(34737, "GeoTIFF data"));

    /** None, three of facsimile for bits, LZW, deflate by two numbers, PackBits. */
    private static final Set<Long> COMPRESSIONS = Set.of(1L, 2L, 3L, 4L, 5L, 8L, 32946L, 32773L);

    private static final Map<Long, String> COLOUR_MODELS = Map.of(
            4L, "a mask", 5L, "CMYK", 6L, "YCbCr", 8L, "CIELab", 9L, "ICC Lab", 10L, "ITU Lab", 32803L, "of a sensor");

    private static final int MOST_TILE_EXTENT = 1 << 16;

    private final TiffDirectory directory;
    private final Fields in;

    private Tiff(TiffDirectory directory) {
        this.directory = directory;
        this.in = directory.in;
    }

    static Structure structure(byte[] bytes, String file) throws DataException {
        return new Tiff(TiffDirectory.first(bytes, file)).read();
    }

    private Structure read() throws DataException {
        if (directory.next != 0) {
            throw in.unread("it holds several images");
        }
        Structure structure = image();
        if (directory.number(COMPRESSION, 1) == 1 && directory.entries.get(STRIP_OFFSETS) != null) {
            requireRows(structure, directory.number(SAMPLES, 1));
        }
        for (TiffDirectory.Entry entry : directory.entries.values()) {
            if (!STORAGE.contains(entry.tag()) && !isUsual(entry)) {
                structure.lose(NAMES.getOrDefault(entry.tag(), "the tag " + entry.tag()));
            }
        }
        resolution(structure);
        if (!isCovered()) {
            structure.lose("bytes that are no part of the image");
        }
        structure.alone(() -> directory.with(STORAGE));
        return structure;
    }

    private boolean isUsual(TiffDirectory.Entry entry) throws DataException {
        if (entry.tag() == PAGE) {
            long[] page = directory.values(entry);
            return page.length == 2 && page[0] == 0 && page[1] <= 1; // the only one
        }
        Long usual = USUAL.get(entry.tag());
        return usual != null && entry.count() == 1 && directory.values(entry)[0] == usual;
    }

    private Structure image() throws DataException {
        long compression = directory.number(COMPRESSION, 1);
        if (!COMPRESSIONS.contains(compression)) {
            throw in.unread(
                    compression == 6 || compression == 7
                            ? "its pixels are compressed with loss (JPEG)"
                            : "its pixels are compressed by method " + compression);
        }
        long predictor = directory.number(PREDICTOR, 1);
        if (predictor != 1 && predictor != 2) {
            throw in.unread("its predictor has the number " + predictor);
        }
        if (!Arrays.stream(directory.values(SAMPLE_FORMAT)).allMatch(format -> format == 1)
                || directory.number(FILL_ORDER, 1) != 1) {
            throw in.unread("its samples are not unsigned integers, high bits first");
        }
        long samples = directory.number(SAMPLES, 1);
        if (samples < 1 || samples > 4) {
            throw in.unread("it is a TIFF of " + samples + " samples a pixel");
        }
        tiles();
        long height = directory.number(HEIGHT, 0);
        long width = directory.number(WIDTH, 0);
        int bits = bits((int) samples);
        long photometric = directory.number(PHOTOMETRIC, -1);
        if (compression >= 2 && compression <= 4 && bits != 1) {
            throw in.unread("its pixels are compressed by method " + compression);
        }
        boolean alpha = alpha();
        long colours = samples - (alpha ? 1 : 0);
        if ((photometric == 0 || photometric == 1) && colours == 1) {
            if (photometric == 0 && (bits > 8 || alpha)) {
                throw in.unread("its levels begin with white");
            }
            return new Structure(in, height, width, alpha ? ColourKind.GREY_ALPHA : ColourKind.GREY, bits);
        }
        if (photometric == 2 && colours == 3) {
            return new Structure(in, height, width, alpha ? ColourKind.RGB_ALPHA : ColourKind.RGB, bits);
        }
        if (photometric == 3 && samples == 1) {
            return palette(height, width, bits);
        }
        throw in.unread("its colours are " + COLOUR_MODELS.getOrDefault(photometric, "of the model " + photometric)
                + " in " + samples + " channels");
    }

    private void tiles() throws DataException {
        for (int tag : new int[] {TILE_WIDTH, TILE_HEIGHT}) {
            long extent = directory.number(tag, 1);
            if (extent < 1 || extent > MOST_TILE_EXTENT) {
                throw in.unread("it has tiles of " + extent + " rows or columns");
            }
        }
    }

    /** Whether strips without compression have all their rows; the reader complains of a last one that is shorter. */
    private void requireRows(Structure structure, long samples) throws DataException {
        long[] lengths = directory.values(STRIP_BYTES);
        long rows = Math.min(directory.number(ROWS, structure.height()), structure.height());
        long each = directory.number(PLANES, 1) == 2 ? 1 : samples;
        long rowBytes = (structure.width() * each * structure.bits() + 7) / 8;
        if (rows < 1) {
            throw in.damaged("strips of " + rows + " rows");
        }
        long strips = (structure.height() + rows - 1) / rows;
        if (lengths.length != strips * (samples / each)) {
            throw in.damaged(lengths.length + " strips");
        }
        for (int i = 0; i < lengths.length; i++) {
            long strip = i % strips;
            long wanted = Math.min(rows, structure.height() - strip * rows) * rowBytes;
            if (lengths[i] < wanted) {
                throw in.damaged("strip " + i + " has " + lengths[i] + " bytes, not " + wanted);
            }
            if (lengths[i] > wanted) {
                structure.lose("bytes that are no part of the image");
            }
        }
    }

    private int bits(int samples) throws DataException {
        long[] bits = directory.values(BITS);
        long first = bits.length == 0 ? 1 : bits[0];
        if (bits.length != samples && !(bits.length == 0 && samples == 1)
                || Arrays.stream(bits).anyMatch(b -> b != first)) {
            throw in.unread("its channels have " + Arrays.toString(bits) + " bits");
        }
        if (first < 1 || first > 16) {
            throw in.unread("its channels have " + first + " bits");
        }
        return (int) first;
    }

    private boolean alpha() throws DataException {
        long[] extra = directory.values(EXTRA_SAMPLES);
        if (extra.length == 0) {
            return false;
        }
        if (extra.length > 1 || extra[0] != 2) {
            throw in.unread(
                    extra.length == 1 && extra[0] == 1
                            ? "its colours are premultiplied by alpha"
                            : "its pixels have channels of no stated meaning");
        }
        return true;
    }

    private Structure palette(long height, long width, int bits) throws DataException {
        long[] map = directory.values(COLOURS);
        if (bits > 8 || map.length != 3 << bits) {
            throw in.unread("its palette has " + map.length + " values for " + bits + " bits");
        }
        int count = 1 << bits;
        byte[] rgb = new byte[3 * count];
        for (int i = 0; i < map.length; i++) {
            if (map[i] % 257 != 0) {
                throw in.unread("its palette has colours of 16 bits");
            }
            rgb[i % count * 3 + i / count] = (byte) (map[i] / 257);
        }
        if (Integer.bitCount(bits) != 1) {
            throw in.unread("its numbers of colours have " + bits + " bits");
        }
        return new ColourTable(rgb).structure(in, height, width, -1);
    }

    /** PNG has whole numbers of pixels a metre, from which whole numbers an inch follow. */
    private void resolution(Structure structure) throws DataException {
        long[] across = directory.values(RESOLUTION_ACROSS);
        long[] down = directory.values(RESOLUTION_DOWN);
        long unit = directory.number(RESOLUTION_UNIT, 2);
        if (across.length == 0 && down.length == 0 && directory.entries.get(RESOLUTION_UNIT) == null) {
            return;
        }
        long x = whole(across);
        long y = whole(down);
        if (x < 1 || y < 1 || unit < 1 || unit > 3) {
            structure.lose("a resolution");
        } else if (unit == 1) {
            if (x != 1 || y != 1) {
                structure.add(Resolution.chunk((int) x, (int) y, false));
            }
        } else {
            structure.add(Resolution.chunk(metre(x, unit), metre(y, unit), true));
        }
    }

    private static int metre(long number, long unit) {
        return (int) (unit == 3 ? 100 * number : Math.round(number / 0.0254));
    }

    /** A rational that is a whole number below a million; else 0. */
    private static long whole(long[] rational) {
        return rational.length == 2
                        && rational[1] > 0
                        && rational[0] % rational[1] == 0
                        && rational[0] / rational[1] < 1_000_000
                ? rational[0] / rational[1]
                : 0;
    }

    /** Whether header, directory and what it names are all that is there, but for zeros. */
    private boolean isCovered() throws DataException {
        List<long[]> parts = new ArrayList<>();
        parts.add(new long[] {0, directory.big ? 16 : 8});
        parts.add(new long[] {directory.from, directory.to});
        for (TiffDirectory.Entry entry : directory.entries.values()) {
            parts.add(new long[] {entry.at(), entry.at() + entry.bytes()});
        }
        blocks(parts, STRIP_OFFSETS, STRIP_BYTES);
        blocks(parts, TILE_OFFSETS, TILE_BYTES);
        parts.sort(Comparator.comparingLong(part -> part[0]));
        long at = 0;
        for (long[] part : parts) {
            if (part[0] > at && !in.zeros(at, part[0])) {
                return false;
            }
            at = Math.max(at, part[1]);
        }
        return in.zeros(at, in.length());
    }

    private void blocks(List<long[]> parts, int offsets, int lengths) throws DataException {
        long[] at = directory.values(offsets);
        long[] bytes = directory.values(lengths);
        if (at.length != bytes.length) {
            throw in.unread("it has " + at.length + " places and " + bytes.length + " lengths of strips or tiles");
        }
        for (int i = 0; i < at.length; i++) {
            in.place(at[i], bytes[i]);
            if (bytes[i] > 0 && at[i] < directory.to && at[i] + bytes[i] > directory.from) {
                throw in.unread("its pixels overlap its directory");
            }
            parts.add(new long[] {at[i], at[i] + bytes[i]});
        }
    }
}

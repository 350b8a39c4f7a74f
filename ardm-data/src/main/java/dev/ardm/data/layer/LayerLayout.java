package dev.ardm.data.layer;

import dev.ardm.core.Item;
import dev.ardm.data.DataException;
import dev.ardm.data.png.ColourKind;
import dev.ardm.data.png.RasterImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How the samples of an image are in layers of a model of 8-bit channels, without loss. An image is one plane of levels or three of
 * colours, and one of alpha. A model of three channels has three planes of colours in one layer, and any other plane in a layer
 * of its own, three times the same; a model of one channel has each plane in a layer. Samples of 16 bits make two such sets of
 * layers, high bytes first. Levels of fewer than 8 bits are spread over 0 to 255.
 *
 * @param colours what the planes of colours hold
 * @param alpha whether alpha has a plane, is the same everywhere, or is not there
 * @param alphaValue alpha, if it is the same everywhere
 * @param low where the low bytes of samples of 16 bits are
 */
record LayerLayout(Colours colours, Alpha alpha, int alphaValue, Low low) {
    /** The content of the planes of colours; the place in this list is part of the stored form. */
    enum Colours {
        /** Red, green and blue, also those of a palette. */
        THREE,
        /** Levels, also of colours whose red, green and blue are the same, and of such palettes. */
        ONE,
        /** The numbers of a palette as they are. */
        INDEX
    }

    /** The stored form of alpha; the place in this list is part of it. */
    enum Alpha {
        /** There is none. */
        NONE,
        /** It is the same everywhere. */
        CONSTANT,
        /** A plane. */
        PLANE
    }

    /** Where low bytes are; the place in this list is part of the stored form. */
    enum Low {
        /** In layers of their own. */
        LAYERS,
        /** They are the high bytes once more: samples are multiples of 257. */
        SAME,
        /** They are all zero. */
        ZERO
    }

    /**
     * Layers and how they were made.
     *
     * @param shape height, width and number of layers
     * @param values {@code layers x height x width x channels}
     */
    @SuppressWarnings("ArrayRecordComponent") // A carrier, never compared.
    record Decomposed(LayerLayout layout, int[] shape, int[] values) {}

    /** Alpha and colours of an image apart. */
    private record Planes(List<int[]> planes, LayerLayout layout) {}

    /**
     * Takes an image apart.
     *
     * @param palette its colours, if it has any
     * @param channels of the model, 1 or 3
     */
    static Decomposed decompose(RasterImage image, Palette palette, int channels) {
        Planes planes = planes(image, palette, channels);
        Low low = image.bits() == 16 ? low(planes.planes) : Low.LAYERS;
        List<int[]> bytes = new ArrayList<>();
        if (image.bits() == 16) {
            planes.planes.forEach(plane -> bytes.add(map(plane, value -> value >> 8)));
            if (low == Low.LAYERS) {
                planes.planes.forEach(plane -> bytes.add(map(plane, value -> value & 0xFF)));
            }
        } else if (image.kind() != ColourKind.PALETTE && image.bits() < 8) {
            int factor = 255 / ((1 << image.bits()) - 1);
            planes.planes.forEach(plane -> bytes.add(map(plane, value -> value * factor)));
        } else {
            bytes.addAll(planes.planes);
        }
        LayerLayout layout = new LayerLayout(planes.layout.colours, planes.layout.alpha, planes.layout.alphaValue, low);
        int pixels = image.pixels();
        int layers = layout.layers(image, channels);
        int[] values = new int[Math.multiplyExact(Math.multiplyExact(pixels, channels), layers)];
        int plane = 0;
        for (int layer = 0; layer < layers; layer++) {
            boolean three = layout.three(layer, channels);
            for (int channel = 0; channel < channels; channel++) {
                int[] from = bytes.get(plane + (three ? channel : 0));
                for (int p = 0; p < pixels; p++) {
                    values[(layer * pixels + p) * channels + channel] = from[p];
                }
            }
            plane += three ? 3 : 1;
        }
        return new Decomposed(layout, new int[] {image.height(), image.width(), layers}, values);
    }

    private interface Mapping {
        int of(int value);
    }

    private static int[] map(int[] plane, Mapping mapping) {
        int[] out = new int[plane.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = mapping.of(plane[i]);
        }
        return out;
    }

    private static Planes planes(RasterImage image, Palette palette, int channels) {
        int each = image.kind().channels();
        List<int[]> planes = new ArrayList<>();
        for (int channel = 0; channel < each; channel++) {
            int[] plane = new int[image.pixels()];
            for (int p = 0; p < plane.length; p++) {
                plane[p] = image.samples()[p * each + channel];
            }
            planes.add(plane);
        }
        Alpha alpha = Alpha.NONE;
        int alphaValue = 0;
        if (image.kind().alpha()) {
            int[] plane = planes.get(each - 1);
            alpha = isConstant(plane) ? Alpha.CONSTANT : Alpha.PLANE;
            if (alpha == Alpha.CONSTANT) {
                alphaValue = plane[0];
                planes.remove(each - 1);
            }
        }
        Colours colours = Colours.ONE;
        if (image.kind() == ColourKind.PALETTE) {
            colours = palette.colours(planes.get(0), channels);
            if (colours != Colours.INDEX) {
                planes = palette.planes(planes.get(0), colours);
            }
        } else if (each >= 3) {
            if (Arrays.equals(planes.get(0), planes.get(1)) && Arrays.equals(planes.get(0), planes.get(2))) {
                planes.subList(1, 3).clear();
            } else {
                colours = Colours.THREE;
            }
        }
        return new Planes(planes, new LayerLayout(colours, alpha, alphaValue, Low.LAYERS));
    }

    private static boolean isConstant(int[] plane) {
        return Arrays.stream(plane).allMatch(value -> value == plane[0]);
    }

    private static Low low(List<int[]> planes) {
        if (planes.stream().flatMapToInt(Arrays::stream).allMatch(value -> value >> 8 == (value & 0xFF))) {
            return Low.SAME;
        }
        return planes.stream().flatMapToInt(Arrays::stream).allMatch(value -> (value & 0xFF) == 0)
                ? Low.ZERO
                : Low.LAYERS;
    }

    private int colourPlanes() {
        return colours == Colours.THREE ? 3 : 1;
    }

    private int planes() {
        return colourPlanes() + (alpha == Alpha.PLANE ? 1 : 0);
    }

    /** Layers of one byte of all samples. */
    private int layersOfByte(int channels) {
        return (channels == 3 ? 1 : colourPlanes()) + (alpha == Alpha.PLANE ? 1 : 0);
    }

    private int layers(RasterImage image, int channels) {
        return layersOfByte(channels) * (image.bits() == 16 && low == Low.LAYERS ? 2 : 1);
    }

    /** Whether a layer holds how opaque the image is. */
    boolean isOpacity(int layer, int channels) {
        int ofByte = layersOfByte(channels);
        return alpha == Alpha.PLANE && layer % ofByte == ofByte - 1;
    }

    /** Whether a layer holds three planes. */
    private boolean three(int layer, int channels) {
        return channels == 3 && colours == Colours.THREE && layer % layersOfByte(channels) == 0;
    }

    /**
     * Puts an image together.
     *
     * @param item its layers
     * @param kind of the image
     * @param bits of its samples
     * @param channels of the model
     * @param in for complaints
     * @throws DataException if the image does not exist
     */
    RasterImage compose(Item item, ColourKind kind, int bits, Palette palette, int channels, SideReader in)
            throws DataException {
        if (item.shape().length != 3) {
            throw new IllegalArgumentException("not an image of any size, but " + item.values().length + " values");
        }
        int height = item.shape()[0];
        int width = item.shape()[1];
        int layers = item.shape()[2];
        RasterImage empty = new RasterImage(
                height, width, kind, bits, new int[Math.multiplyExact(height * width, kind.channels())]);
        if (layers != layers(empty, channels)) {
            throw in.damaged(layers + " layers do not fit such an image");
        }
        int pixels = empty.pixels();
        List<int[]> bytes = new ArrayList<>();
        for (int layer = 0; layer < layers; layer++) {
            int count = three(layer, channels) ? 3 : 1;
            for (int channel = 0; channel < count; channel++) {
                int[] plane = new int[pixels];
                for (int p = 0; p < pixels; p++) {
                    plane[p] = item.values()[(layer * pixels + p) * channels + channel];
                }
                bytes.add(plane);
            }
        }
        List<int[]> planes = new ArrayList<>();
        for (int plane = 0; plane < planes(); plane++) {
            planes.add(samples(kind, bits, bytes, plane, in));
        }
        if (alpha == Alpha.CONSTANT) {
            int[] constant = new int[pixels];
            Arrays.fill(constant, alphaValue);
            planes.add(constant);
        }
        if (kind == ColourKind.PALETTE && colours != Colours.INDEX) {
            planes = List.of(palette.indices(planes, in));
        }
        int each = kind.channels();
        int colourChannels = each - (kind.alpha() ? 1 : 0);
        for (int channel = 0; channel < each; channel++) {
            // One plane stands for three colours that are the same.
            int index = channel < colourChannels
                    ? Math.min(channel, planes.size() - 1 - (kind.alpha() ? 1 : 0))
                    : planes.size() - 1;
            int[] plane = planes.get(index);
            for (int p = 0; p < pixels; p++) {
                empty.samples()[p * each + channel] = plane[p];
            }
        }
        for (int sample : empty.samples()) {
            if (sample >> bits != 0) {
                throw in.damaged("the sample " + sample + " has more than " + bits + " bits");
            }
        }
        return empty;
    }

    private int[] samples(ColourKind kind, int bits, List<int[]> bytes, int plane, SideReader in) throws DataException {
        int[] high = bytes.get(plane);
        if (bits == 16) {
            int[] out = new int[high.length];
            for (int p = 0; p < out.length; p++) {
                int lowByte = low == Low.LAYERS ? bytes.get(planes() + plane)[p] : low == Low.SAME ? high[p] : 0;
                out[p] = high[p] << 8 | lowByte;
            }
            return out;
        }
        if (bits == 8 || kind == ColourKind.PALETTE) {
            return high;
        }
        int factor = 255 / ((1 << bits) - 1);
        for (int value : high) {
            if (value % factor != 0) {
                throw in.damaged("the level " + value + " is none of " + bits + " bits");
            }
        }
        return map(high, value -> value / factor);
    }

    void write(SideWriter out) {
        out.number(colours.ordinal() | alpha.ordinal() << 2 | low.ordinal() << 4);
        if (alpha == Alpha.CONSTANT) {
            out.varint(alphaValue);
        }
    }

    static LayerLayout read(SideReader in, ColourKind kind, int bits) throws DataException {
        int packed = in.number();
        int colour = packed & 3;
        int alpha = packed >> 2 & 3;
        int low = packed >> 4;
        if (colour == 3
                || alpha == 3
                || low > 2
                || (alpha != 0) != kind.alpha()
                || (low != 0 && bits != 16)
                || (colour == 2 && kind != ColourKind.PALETTE)
                || (colour == 0 && (kind == ColourKind.GREY || kind == ColourKind.GREY_ALPHA))) {
            throw in.damaged("no such layout: " + packed);
        }
        int value = alpha == Alpha.CONSTANT.ordinal() ? in.varint() : 0;
        if (value >= 1 << bits) {
            throw in.damaged("no such alpha: " + value);
        }
        return new LayerLayout(Colours.values()[colour], Alpha.values()[alpha], value, Low.values()[low]);
    }
}

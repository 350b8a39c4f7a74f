package dev.ardm.data.record;

import dev.ardm.core.Item;
import dev.ardm.core.Space;
import dev.ardm.data.DataException;
import dev.ardm.data.ItemSet;
import dev.ardm.data.PackedItemSet;
import dev.ardm.data.format.ArrayFormat;
import dev.ardm.data.format.DataFormat;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Images in memory: of one size and kind as values of a model of these, others as {@link PngRecords}. The same samples come back, in an
 * image of the type that ImageIO makes of such a PNG.
 */
public final class ImageRecords implements RecordKind<BufferedImage> {
    private static final Map<Integer, String> KINDS = new TreeMap<>(Map.of(
            BufferedImage.TYPE_BYTE_GRAY, "grey",
            BufferedImage.TYPE_INT_RGB, "RGB",
            BufferedImage.TYPE_INT_BGR, "RGB",
            BufferedImage.TYPE_3BYTE_BGR, "RGB",
            BufferedImage.TYPE_INT_ARGB, "RGBA",
            BufferedImage.TYPE_4BYTE_ABGR, "RGBA",
            BufferedImage.TYPE_BYTE_INDEXED, "palette",
            BufferedImage.TYPE_BYTE_BINARY, "palette",
            BufferedImage.TYPE_USHORT_GRAY, "grey of 16 bits"));

    private final MappedRecords<BufferedImage, byte[]> anySize =
            new MappedRecords<>(name(), new PngRecords(), new AsPng());

    @Override
    public String name() {
        return "images";
    }

    @Override
    public RecordForm<BufferedImage> fit(Iterable<? extends BufferedImage> records) throws IOException {
        Space space = null;
        boolean same = true;
        for (BufferedImage image : records) {
            Objects.requireNonNull(image, "a record is null");
            int channels = channels(image);
            long values = (long) image.getHeight() * image.getWidth() * channels;
            Space own = values == 0 || values > Space.MAX_DIMENSIONS
                    ? null
                    : Space.image(image.getHeight(), image.getWidth(), channels, 256);
            same &= own != null && (space == null || own.equals(space));
            space = own;
        }
        if (same && space == null) {
            throw RecordKind.nothing();
        }
        return same && space != null ? new Samples(new ArrayFormat(space, false)) : anySize.fit(records);
    }

    @Override
    public RecordForm<BufferedImage> of(DataFormat format, String name) throws DataException {
        if (!(format instanceof ArrayFormat arrays)) {
            return anySize.of(format, name);
        }
        Space space = format.space();
        if (!ArrayFormat.isImage(space) || space.maxCategories() != 256 || space.extent(2) == 2) {
            throw RecordKind.refused(format, name, "images have 256 levels of one, three or four channels");
        }
        return new Samples(arrays);
    }

    /** Number of channels of 8 bits; 0 if there are others. */
    private static int channels(BufferedImage image) {
        return switch (kind(image)) {
            case "grey" -> 1;
            case "RGB" -> 3;
            case "RGBA" -> 4;
            default -> 0;
        };
    }

    private static String kind(BufferedImage image) {
        String kind = KINDS.get(image.getType());
        if (kind == null) {
            throw new IllegalArgumentException(
                    "an image of type " + image.getType()
                            + " of BufferedImage, which does not come back as it is; convert it to grey, RGB, ARGB or a palette");
        }
        return kind;
    }

    private static final class AsPng implements MappedRecords.Mapping<BufferedImage, byte[]> {
        @Override
        public byte[] to(BufferedImage record) {
            kind(Objects.requireNonNull(record, "the record is null"));
            try {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                try (ImageOutputStream memory =
                        new MemoryCacheImageOutputStream(out)) { // Else through a temporary file.
                    if (!ImageIO.write(record, "png", memory)) {
                        throw new IllegalArgumentException("this image cannot be written as PNG");
                    }
                }
                return out.toByteArray();
            } catch (IOException e) {
                throw new IllegalArgumentException("this image cannot be written as PNG: " + e.getMessage(), e);
            }
        }

        @Override
        public BufferedImage from(byte[] other) throws DataException {
            @Nullable BufferedImage image;
            try {
                image = ImageIO.read(new MemoryCacheImageInputStream(new ByteArrayInputStream(other)));
            } catch (IOException e) {
                throw new DataException("the item is no image: " + e.getMessage(), e);
            }
            if (image == null) {
                throw new DataException("the item is no image");
            }
            return image;
        }
    }

    /** Images of the model's size: a value for each sample, row by row, the channels of a pixel side by side. */
    private record Samples(ArrayFormat format) implements RecordForm<BufferedImage> {
        @Override
        public Item item(BufferedImage record) {
            Objects.requireNonNull(record, "the record is null");
            Space space = format.space();
            int height = space.extent(0);
            int width = space.extent(1);
            int channels = space.extent(2);
            if (record.getHeight() != height || record.getWidth() != width || channels(record) != channels) {
                throw new IllegalArgumentException("an image of " + record.getHeight() + "x" + record.getWidth() + ", "
                        + kind(record) + ", where the model has images of " + space);
            }
            int[] values = new int[space.dimensions()];
            if (channels == 1) {
                record.getRaster().getSamples(0, 0, width, height, 0, values);
                return Item.of(values);
            }
            int[] pixels = record.getRGB(0, 0, width, height, null, 0, width);
            for (int p = 0, at = 0; p < pixels.length; p++) {
                for (int shift = 16; shift >= 0; shift -= 8) {
                    values[at++] = pixels[p] >>> shift & 0xFF;
                }
                if (channels == 4) {
                    values[at++] = pixels[p] >>> 24;
                }
            }
            return Item.of(values);
        }

        @Override
        public BufferedImage record(Item item) throws DataException {
            Space space = format.space();
            int[] values = item.values();
            if (values.length != space.dimensions()) {
                throw new DataException("the item is an image of another size than the model's");
            }
            int height = space.extent(0);
            int width = space.extent(1);
            int channels = space.extent(2);
            if (channels == 1) {
                BufferedImage grey = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
                grey.getRaster().setSamples(0, 0, width, height, 0, values);
                return grey;
            }
            BufferedImage image = new BufferedImage(
                    width, height, channels == 3 ? BufferedImage.TYPE_INT_RGB : BufferedImage.TYPE_INT_ARGB);
            int[] pixels = new int[height * width];
            for (int p = 0; p < pixels.length; p++) {
                int at = p * channels;
                pixels[p] = values[at] << 16
                        | values[at + 1] << 8
                        | values[at + 2]
                        | (channels == 4 ? values[at + 3] << 24 : 0);
            }
            image.setRGB(0, 0, width, height, pixels, 0, width);
            return image;
        }

        @Override
        public ItemSet items(Iterable<? extends BufferedImage> records, boolean ended) throws IOException {
            if (ended) {
                throw new DataException("images of one size have all their values, so none ends before");
            }
            PackedItemSet.Builder items = PackedItemSet.builder(format.space().dimensions());
            for (Iterator<? extends BufferedImage> each = records.iterator(); each.hasNext(); ) {
                items.add(item(each.next()).values(), null);
            }
            return items.build(format.space());
        }
    }
}

package dev.ardm.fuzz;

import dev.ardm.coding.error.ArchiveException;
import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.format.ArchivedItem;
import dev.ardm.coding.format.ItemLabel;
import dev.ardm.coding.internal.write.ArchiveWriter;
import dev.ardm.core.Item;
import dev.ardm.core.archive.DecodedItem;
import dev.ardm.core.archive.ItemArchive;
import dev.ardm.core.model.ItemCoder;
import dev.ardm.data.DataException;
import dev.ardm.data.layer.ImageFileCodec;
import dev.ardm.data.layer.ImageFileCodec.Kept;
import dev.ardm.data.png.RasterImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Images of any size. The lowest bit of the first byte chooses a model of 1 or 3 channels, the highest what the rest is: an image file, which must
 * come back from its layers (the second bit: byte by byte, the third: with its metadata); or what an archive has of an image, hostile throughout:
 * height, width and layers in four bytes each, a byte for the length of the extra, the extra, and the stream.
 */
final class PhotographTarget implements FuzzTarget {
    /** Larger images take longer, and are otherwise the same. */
    private static final int MOST_SAMPLES = 1 << 18;

    private static final int MOST_CODED = 256;

    /** A stream that lasts for seconds is no fault of the reader. */
    private static final int MOST_STREAM = 2048;

    private static final int SHAPE_BYTES = 12;

    private final PhotographModel grey = new PhotographModel(1);
    private final PhotographModel colours = new PhotographModel(3);

    @Override
    public String name() {
        return "photograph";
    }

    @Override
    public Set<Class<? extends Exception>> documented() {
        return Set.of(DataException.class, ArchiveException.class);
    }

    @Override
    public void run(byte[] input, Scratch scratch) throws Exception {
        if (input.length == 0) {
            throw DataException.in("input", "no choice");
        }
        int channels = (input[0] & 1) == 0 ? 1 : 3;
        byte[] rest = Arrays.copyOfRange(input, 1, input.length);
        if (input[0] < 0) {
            archived(channels == 1 ? grey : colours, channels, rest, scratch);
        } else {
            file(channels, (input[0] & 2) != 0, (input[0] & 4) != 0, rest);
        }
    }

    private void file(int channels, boolean exact, boolean metadata, byte[] file) throws IOException {
        if (!ImageFileCodec.looksLikeImage(file, "input")) {
            throw DataException.in("input", "no image");
        }
        ImageFileCodec codec =
                new ImageFileCodec(channels, exact ? Kept.FILE : metadata ? Kept.METADATA : Kept.PIXELS, MOST_SAMPLES);
        Item item = codec.encode(file, "input");
        try {
            byte[] back = codec.decode(item);
            if (ImageFileCodec.isWhole(item)) {
                PropertyViolation.unless(Arrays.equals(back, file), "a file comes back byte by byte");
            } else {
                samePixels(codec, item, codec.encode(back, "again"));
            }
        } catch (DataException e) {
            throw new PropertyViolation("an image that was taken apart can be put together", e);
        }
        if (!item.isWhole() && item.values().length <= MOST_CODED) {
            code(channels == 1 ? grey : colours, item);
        }
    }

    private static void samePixels(ImageFileCodec codec, Item one, Item other) throws DataException {
        RasterImage image = codec.image(one);
        RasterImage again = codec.image(other);
        PropertyViolation.unless(
                image != null
                        && again != null
                        && image.height() == again.height()
                        && image.width() == again.width()
                        && image.kind() == again.kind()
                        && image.bits() == again.bits()
                        && Arrays.equals(image.samples(), again.samples()),
                "pixels come back as they were");
    }

    private static byte[] code(PhotographModel model, Item image) {
        ItemCoder coder = coder(model);
        byte[] stream = coder.encode(List.of(image), n -> {}).get(0);
        ArchivedItem coded = ArchivedItem.coded(image.side(), image.shape(), image.values().length, stream);
        Optional<int[]> back = coder.decode(List.of(coded), n -> {}).get(0);
        PropertyViolation.unless(
                back.isPresent() && Arrays.equals(back.get(), image.values()),
                "an image decodes from what it is encoded to");
        return stream;
    }

    private static ItemCoder coder(PhotographModel model) {
        return model.model.coder(model.plan, model.layout);
    }

    private static void archived(PhotographModel model, int channels, byte[] rest, Scratch scratch) throws IOException {
        if (rest.length <= SHAPE_BYTES) {
            throw new DamagedException(DamagedException.STREAM, -1, 0, "no shape", "");
        }
        ByteBuffer in = ByteBuffer.wrap(rest).order(ByteOrder.LITTLE_ENDIAN);
        int[] shape = {in.getInt(), in.getInt(), in.getInt()};
        int behind = Math.min(rest.length, SHAPE_BYTES + 1 + (rest[SHAPE_BYTES] & 0xFF));
        byte[] side = Arrays.copyOfRange(rest, SHAPE_BYTES + 1, behind);
        byte[] stream = Arrays.copyOfRange(rest, behind, Math.min(rest.length, behind + MOST_STREAM));
        Optional<int[]> image = coder(model)
                .decode(List.of(ArchivedItem.coded(side, shape, 0, stream)), n -> {})
                .get(0);
        DecodedItem item = inArchive(model, channels, shape, side, stream, scratch);
        if (item != null) {
            int[] expected = image.orElse(null);
            PropertyViolation.unless(
                    Arrays.equals(values(item), expected), "an image is the same in an archive and by itself");
        }
        Item found = new Item(
                "input",
                OptionalLong.empty(),
                shape,
                image.orElseThrow(() -> new DamagedException(DamagedException.STREAM, -1, 0, "does not decode", "")),
                side);
        PropertyViolation.unless(
                found.values().length == (long) shape[0] * shape[1] * shape[2] * channels,
                "an image has as many values as it claims");
        PropertyViolation.unless(
                code(model, found).length <= stream.length,
                "no stream of an image is shorter than the one that is written");
        new ImageFileCodec(channels, Kept.METADATA).decode(found);
    }

    private static int @Nullable [] values(DecodedItem item) {
        Item read = item.read();
        return read == null ? null : read.values();
    }

    /** The same as an item of an archive; null if an archive refuses the claim when it is written. */
    private static @Nullable DecodedItem inArchive(
            PhotographModel model, int channels, int[] shape, byte[] side, byte[] stream, Scratch scratch)
            throws IOException {
        Path archive = scratch.path("input.ardm");
        int length = shape[0] * shape[1] * shape[2] * channels; // Wrong if it overflows, and refused then.
        try (ArchiveWriter writer = ArchiveWriter.create(archive, model.header(), false)) {
            try {
                writer.add(ArchivedItem.coded(side, shape, length, stream), ItemLabel.named("input.png"));
            } catch (IllegalArgumentException e) {
                return null; // documented
            }
            writer.commit();
        }
        try (ItemArchive items = ItemArchive.open(archive, model.model)) {
            PropertyViolation.unless(Arrays.equals(items.reader().shape(0), shape), "an image claims what was claimed");
            return items.item(0);
        }
    }
}

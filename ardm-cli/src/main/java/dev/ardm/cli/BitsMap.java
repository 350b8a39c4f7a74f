package dev.ardm.cli;

import dev.ardm.app.Text;
import dev.ardm.app.UserError;
import dev.ardm.coding.AtomicFile;
import dev.ardm.core.Item;
import dev.ardm.core.Space;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.data.FilesWriter;
import dev.ardm.data.ItemWriter;
import dev.ardm.data.StagedOutput;
import dev.ardm.data.format.DataFormat;
import dev.ardm.data.format.TableColumn;
import dev.ardm.data.format.TableFormat;
import dev.ardm.data.image.LayeredImage;
import dev.ardm.data.png.PngText;
import java.awt.image.BufferedImage;
import java.io.Closeable;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.jspecify.annotations.Nullable;

/** Where the bits of each place of items go to: nowhere, a file of lines, or images. */
abstract class BitsMap implements Closeable {
    private BitsMap() {}

    /**
     * An item that was scored.
     *
     * @param image where it is one of any size; its values are {@code values}
     * @param picture the name of its picture in a folder
     */
    @SuppressWarnings("ArrayRecordComponent") // A carrier; nobody compares them.
    record Scored(String name, int[] values, @Nullable LayeredImage image, String picture) {
        static Scored of(Item document) {
            return new Scored(document.name(), document.values(), null, document.name());
        }

        static Scored of(String name, LayeredImage image, String picture) {
            return new Scored(name, image.values(), image, picture);
        }
    }

    /** Adds an item. */
    abstract void add(int number, Scored item, double[] bits) throws IOException;

    /** Gives what was written its name. */
    abstract void commit() throws IOException;

    /**
     * The map of a name.
     *
     * @param path null for none
     * @param items how many images there will be
     * @param inputs files that must not be written over
     */
    static BitsMap of(
            @Nullable String path, LikelihoodModel model, @Nullable DataFormat format, int items, Path... inputs)
            throws IOException {
        if (path == null) {
            return new None();
        }
        if (path.toLowerCase(Locale.ROOT).endsWith(".tsv")) {
            Path file = Path.of(path);
            ItemOutput.requireOther(file, inputs);
            ItemOutput.requireFile(file, true);
            return new Lines(file, model, format);
        }
        Space space = model.space();
        if (format != null || space.rank() != 3) {
            throw new UserError("--map " + path + ": only images are mapped as images; give NAME.tsv");
        }
        ItemOutput output;
        try {
            output = ItemOutput.of(path, true, true);
        } catch (IllegalArgumentException e) {
            throw new UserError("--map " + path + ": give NAME.png, NAME.tsv or a folder (NAME/)");
        }
        output.check(inputs);
        if (output.kind() == ItemOutput.Kind.PNG && items != 1) {
            throw new UserError("--map " + path + ": an image holds one item, there are " + items
                    + "; give a folder (NAME/) or NAME.tsv");
        }
        return Images.begin(output, space, items);
    }

    /**
     * The map of a name, of images of any size.
     *
     * @param path null for none
     * @param images how many there will be at most
     * @param inputs files that must not be written over
     */
    static BitsMap ofImages(@Nullable String path, LikelihoodModel model, int images, Path... inputs)
            throws IOException {
        if (path == null || path.toLowerCase(Locale.ROOT).endsWith(".tsv")) {
            return of(path, model, null, images, inputs);
        }
        Path target = Path.of(path);
        ItemOutput.requireOther(target, inputs);
        if (!path.toLowerCase(Locale.ROOT).endsWith(".png")) {
            return new SizedImages(FilesWriter.folder(target), model.space());
        }
        if (images != 1) {
            throw new UserError("--map " + path + ": an image holds one item, there are " + images
                    + "; give a folder (NAME/) or NAME.tsv");
        }
        ItemOutput.requireFile(target, true);
        return new SizedImages(FilesWriter.file(target, true), model.space());
    }

    private static final class None extends BitsMap {
        @Override
        void add(int number, Scored item, double[] bits) {}

        @Override
        void commit() {}

        @Override
        public void close() {}
    }

    /** A line for each unit of each item; of tables for each column. */
    private static final class Lines extends BitsMap {
        private final AtomicFile file;
        private final Writer to;
        private final int unitSize;
        private final @Nullable TableFormat table;

        Lines(Path path, LikelihoodModel model, @Nullable DataFormat format) throws IOException {
            this.file = AtomicFile.create(path, true);
            this.to = new java.io.OutputStreamWriter(file.stream(), StandardCharsets.UTF_8);
            this.unitSize = model.model().process().unitSize();
            this.table = format instanceof TableFormat rows ? rows : null;
            to.write(table != null ? "item\tcolumn\tfield\tbits\n" : "item\tname\tposition\tvalue\tbits\n");
        }

        @Override
        void add(int number, Scored item, double[] bits) throws IOException {
            if (table != null) {
                addRow(table, number, item, bits);
                return;
            }
            String name = Text.printable(item.name());
            for (int unit = 0; unit < bits.length; unit++) {
                StringBuilder value = new StringBuilder();
                for (int i = 0; i < unitSize; i++) {
                    value.append(i == 0 ? "" : ",").append(item.values()[unit * unitSize + i]);
                }
                to.write(String.format(Locale.ROOT, "%d\t%s\t%d\t%s\t%.4f\n", number, name, unit, value, bits[unit]));
            }
        }

        private void addRow(TableFormat rows, int number, Scored row, double[] bits) throws IOException {
            for (TableColumn column : rows.columns()) {
                double sum = 0;
                for (int i = 0; i < column.variables(); i++) {
                    sum += bits[column.firstVariable() + i];
                }
                String field = column.text(row.values());
                to.write(String.format(
                        Locale.ROOT,
                        "%d\t%s\t%s\t%.4f\n",
                        number,
                        Text.printable(column.name()),
                        field == null ? "" : Text.printable(field),
                        sum));
            }
        }

        @Override
        void commit() throws IOException {
            to.flush();
            file.commit();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }

    /** A grey image for each: a place is as bright as its bits are many. */
    private abstract static class Pictures<W extends StagedOutput> extends BitsMap {
        final W writer;
        final double white;

        Pictures(W writer, double white) {
            this.writer = writer;
            this.white = white;
        }

        @Override
        final void commit() throws IOException {
            writer.commit();
        }

        @Override
        public final void close() throws IOException {
            writer.close();
        }
    }

    /** Of items of a space. */
    private static final class Images extends Pictures<ItemWriter> {
        private final Space space;

        private Images(ItemWriter writer, Space space, double white) {
            super(writer, white);
            this.space = space;
        }

        static Images begin(ItemOutput output, Space from, int items) throws IOException {
            Space space = Space.image(from.extent(0), from.extent(1), 1, 256);
            double white = white(from);
            String scale = String.format(Locale.ROOT, "{\"made\":\"score\",\"bits_of_white\":%.4f}", white);
            return new Images(output.begin(space, items, Map.of(PngText.KEYWORD, scale)), space, white);
        }

        @Override
        void add(int number, Scored item, double[] bits) throws IOException {
            writer.add(grey(bits, space.dimensions(), 1, white), item.picture());
        }
    }

    /** Of images each with its own size. */
    private static final class SizedImages extends Pictures<FilesWriter> {
        SizedImages(FilesWriter writer, Space from) {
            super(writer, white(from));
        }

        @Override
        void add(int number, Scored item, double[] bits) throws IOException {
            LayeredImage scored = Objects.requireNonNull(item.image());
            int pixels = scored.height() * scored.width();
            BufferedImage image = new BufferedImage(scored.width(), scored.height(), BufferedImage.TYPE_BYTE_GRAY);
            image.getRaster()
                    .setPixels(
                            0,
                            0,
                            scored.width(),
                            scored.height(),
                            grey(bits, pixels, scored.layers(), white * scored.layers()));
            writer.add(
                    item.picture(),
                    OptionalLong.empty(),
                    out -> ImageIO.write(image, "png", new MemoryCacheImageOutputStream(out)));
        }
    }

    /** Twice what a pixel is worth of which nothing is known: stranger than that is white. */
    private static double white(Space space) {
        return 2 * space.extent(2) * StrictMath.log(space.maxCategories()) / StrictMath.log(2);
    }

    /** For each pixel how bright it is, from the bits of the units of all its layers. */
    private static int[] grey(double[] bits, int pixels, int layers, double white) {
        double[] sums = new double[pixels];
        int unitsPerPixel = bits.length / pixels / layers;
        for (int i = 0; i < bits.length; i++) {
            sums[i / unitsPerPixel % pixels] += bits[i];
        }
        return Arrays.stream(sums)
                .mapToInt(sum -> (int) Math.min(255, Math.round(255 * sum / white)))
                .toArray();
    }
}

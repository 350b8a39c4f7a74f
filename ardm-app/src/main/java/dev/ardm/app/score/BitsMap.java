package dev.ardm.app.score;

import dev.ardm.app.Text;
import dev.ardm.app.UserError;
import dev.ardm.app.data.OutputPath;
import dev.ardm.app.data.TrainingData;
import dev.ardm.coding.format.ItemLabel;
import dev.ardm.coding.internal.file.AtomicFile;
import dev.ardm.core.Item;
import dev.ardm.core.Space;
import dev.ardm.data.ItemWriter;
import dev.ardm.data.StagedOutput;
import dev.ardm.data.file.FilesWriter;
import dev.ardm.data.format.Column;
import dev.ardm.data.format.DataFormat;
import dev.ardm.data.format.OutputOptions;
import dev.ardm.data.items.ItemInput;
import dev.ardm.data.png.PngText;
import dev.ardm.data.registry.DataFormats;
import java.awt.image.BufferedImage;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.jspecify.annotations.Nullable;

/** Where the bits of each place of items go to: nowhere, a file of lines, or images. */
public abstract class BitsMap implements Closeable {
    private BitsMap() {}

    /** Adds an item. */
    public abstract void add(int number, Item item, double[] bits) throws IOException;

    /** Gives what was written its name. */
    public abstract void commit() throws IOException;

    /**
     * The map of a name.
     *
     * @param path null for none
     * @param inputs files that must not be written over
     */
    public static BitsMap of(@Nullable String path, DataFormat format, ItemInput items, Path... inputs)
            throws IOException {
        if (path == null) {
            return new None();
        }
        Path target = Path.of(path);
        if (path.toLowerCase(Locale.ROOT).endsWith(".tsv")) {
            OutputPath.requireOther(target, inputs);
            OutputPath.requireFile(target, true);
            return new Lines(target, format.columns());
        }
        Space space = format.space();
        if (!format.kind().equals(TrainingData.ARRAYS) || space.rank() != 3) {
            throw new UserError("--map " + path + ": only images are mapped as images; give NAME.tsv");
        }
        OutputPath output;
        try {
            output = OutputPath.of(path, true, true);
        } catch (IllegalArgumentException e) {
            throw new UserError("--map " + path + ": give NAME.png, NAME.tsv or a folder (NAME/)");
        }
        output.check(inputs);
        if (output.kind() == OutputPath.Kind.PNG && items.most() != 1) {
            throw new UserError("--map " + path + ": an image holds a single item, there are " + items.most()
                    + "; give a folder (NAME/) or NAME.tsv");
        }
        if (!items.layout().images()) {
            return Images.begin(output, space, items.most());
        }
        return new SizedImages(
                output.kind() == OutputPath.Kind.PNG ? FilesWriter.file(target, true) : FilesWriter.folder(target),
                space);
    }

    private static final class None extends BitsMap {
        @Override
        public void add(int number, Item item, double[] bits) {}

        @Override
        public void commit() {}

        @Override
        public void close() {}
    }

    /** A line for each unit of each item; of tables for each column. */
    private static final class Lines extends BitsMap {
        private final AtomicFile file;
        private final Writer to;
        private final List<? extends Column> columns;

        Lines(Path path, List<? extends Column> columns) throws IOException {
            this.file = AtomicFile.create(path, true);
            this.to = new OutputStreamWriter(file.stream(), StandardCharsets.UTF_8);
            this.columns = columns;
            to.write(!columns.isEmpty() ? "item\tcolumn\tfield\tbits\n" : "item\tname\tposition\tvalue\tbits\n");
        }

        @Override
        public void add(int number, Item item, double[] bits) throws IOException {
            if (!columns.isEmpty()) {
                addRow(number, item, bits);
                return;
            }
            String name = Text.printable(item.name());
            int unitSize = bits.length == 0 ? 1 : item.values().length / bits.length;
            for (int unit = 0; unit < bits.length; unit++) {
                StringBuilder value = new StringBuilder();
                for (int i = 0; i < unitSize; i++) {
                    value.append(i == 0 ? "" : ",").append(item.values()[unit * unitSize + i]);
                }
                to.write(String.format(Locale.ROOT, "%d\t%s\t%d\t%s\t%.4f\n", number, name, unit, value, bits[unit]));
            }
        }

        private void addRow(int number, Item row, double[] bits) throws IOException {
            for (Column column : columns) {
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
        public void commit() throws IOException {
            to.flush();
            file.commit();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }

    /** A grey image for each: a place is as bright as its bits are many. Small ones are enlarged, as samples are. */
    private abstract static class Pictures<W extends StagedOutput> extends BitsMap {
        private static final int CELL = 64;

        /** How many pixels wide and high a place is in a picture of such items. */
        static int scale(int height, int width) {
            return Math.max(1, CELL / Math.max(1, Math.max(height, width)));
        }

        /** The same with each place a square of pixels. */
        static int[] enlarged(int[] grey, int width, int scale) {
            int[] pixels = new int[grey.length * scale * scale];
            for (int i = 0; i < pixels.length; i++) {
                int y = i / (width * scale) / scale;
                int x = i % (width * scale) / scale;
                pixels[i] = grey[y * width + x];
            }
            return pixels;
        }

        final W writer;
        final double white;

        Pictures(W writer, double white) {
            this.writer = writer;
            this.white = white;
        }

        @Override
        public final void commit() throws IOException {
            writer.commit();
        }

        @Override
        public final void close() throws IOException {
            writer.close();
        }
    }

    /** Of items of a space. */
    private static final class Images extends Pictures<ItemWriter> {
        private final Space of;
        private final int scale;

        private Images(ItemWriter writer, Space of, int scale, double white) {
            super(writer, white);
            this.of = of;
            this.scale = scale;
        }

        static Images begin(OutputPath output, Space from, int items) throws IOException {
            boolean array = output.kind() == OutputPath.Kind.NPY || output.kind() == OutputPath.Kind.IDX;
            int scale = array ? 1 : scale(from.extent(0), from.extent(1));
            Space space = Space.image(scale * from.extent(0), scale * from.extent(1), 1, 256);
            double white = white(from);
            String text = String.format(
                    Locale.ROOT, "{\"made\":\"score\",\"bits_of_white\":%.4f,\"pixels_per_value\":%d}", white, scale);
            OutputOptions options = output.options().atMost(items).with(Map.of(PngText.KEYWORD, text));
            return new Images(DataFormats.of("", space).writer(output.path(), options), from, scale, white);
        }

        @Override
        public void add(int number, Item item, double[] bits) throws IOException {
            int[] grey = grey(bits, of.extent(0) * of.extent(1), 1, white);
            writer.add(Item.of(enlarged(grey, of.extent(1), scale), item.name()));
        }
    }

    /** Of images each with its own size. */
    private static final class SizedImages extends Pictures<FilesWriter> {
        SizedImages(FilesWriter writer, Space from) {
            super(writer, white(from));
        }

        @Override
        public void add(int number, Item item, double[] bits) throws IOException {
            int height = item.shape()[0];
            int width = item.shape()[1];
            int layers = item.shape()[2];
            int scale = scale(height, width);
            int[] grey = grey(bits, height * width, layers, white * layers);
            BufferedImage image = new BufferedImage(scale * width, scale * height, BufferedImage.TYPE_BYTE_GRAY);
            image.getRaster().setPixels(0, 0, scale * width, scale * height, enlarged(grey, width, scale));
            writer.add(
                    ItemLabel.named(item.name()),
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

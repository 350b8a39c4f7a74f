package dev.ardm.cli;

import dev.ardm.cli.Failures.UserError;
import dev.ardm.coding.AtomicFile;
import dev.ardm.core.Space;
import dev.ardm.core.model.ArdmModel;
import dev.ardm.data.ItemWriter;
import dev.ardm.data.PngText;
import dev.ardm.data.format.DataFormat;
import dev.ardm.data.format.Document;
import dev.ardm.data.format.TableColumn;
import dev.ardm.data.format.TableFormat;
import java.io.Closeable;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the bits of each place of items go to: nowhere, a file of lines, or images. */
abstract class BitsMap implements Closeable {
    private BitsMap() {}

    /** Adds an item. */
    abstract void add(int number, Document item, double[] bits) throws IOException;

    /** Gives what was written its name. */
    abstract void commit() throws IOException;

    /**
     * The map of a name.
     *
     * @param path null for none
     * @param items how many images there will be
     * @param inputs files that must not be written over
     */
    static BitsMap of(@Nullable String path, ArdmModel model, @Nullable DataFormat format, int items, Path... inputs)
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
        return new Images(output, space, items);
    }

    private static final class None extends BitsMap {
        @Override
        void add(int number, Document item, double[] bits) {}

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

        Lines(Path path, ArdmModel model, @Nullable DataFormat format) throws IOException {
            this.file = AtomicFile.create(path, true);
            this.to = new java.io.OutputStreamWriter(file.stream(), StandardCharsets.UTF_8);
            this.unitSize = model.process().unitSize();
            this.table = format instanceof TableFormat rows ? rows : null;
            to.write(table != null ? "item\tcolumn\tfield\tbits\n" : "item\tname\tposition\tvalue\tbits\n");
        }

        @Override
        void add(int number, Document item, double[] bits) throws IOException {
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

        private void addRow(TableFormat rows, int number, Document row, double[] bits) throws IOException {
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

    /** A grey image for each: a place is as bright as its bits are many, white if they are twice those of a value of which nothing is known. */
    private static final class Images extends BitsMap {
        private final Space space;
        private final ItemWriter writer;
        private final double white;

        Images(ItemOutput output, Space from, int items) throws IOException {
            this.space = Space.image(from.extent(0), from.extent(1), 1, 256);
            // Twice what a value is worth of which nothing is known: stranger than that is white.
            this.white = 2 * from.extent(2) * StrictMath.log(from.maxCategories()) / StrictMath.log(2);
            String scale = String.format(Locale.ROOT, "{\"made\":\"score\",\"bits_of_white\":%.4f}", white);
            this.writer = output.begin(space, items, Map.of(PngText.KEYWORD, scale));
        }

        @Override
        void add(int number, Document item, double[] bits) throws IOException {
            double[] pixels = new double[space.dimensions()];
            int unitsPerPixel = bits.length / pixels.length;
            for (int i = 0; i < bits.length; i++) {
                pixels[i / unitsPerPixel] += bits[i];
            }
            int[] grey = new int[pixels.length];
            for (int i = 0; i < grey.length; i++) {
                grey[i] = (int) Math.min(255, Math.round(255 * pixels[i] / white));
            }
            writer.add(grey, item.name());
        }

        @Override
        void commit() throws IOException {
            writer.commit();
        }

        @Override
        public void close() throws IOException {
            writer.close();
        }
    }
}

package dev.ardm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ardm.core.Item;
import dev.ardm.core.RandomStream;
import dev.ardm.core.RandomStream.Purpose;
import dev.ardm.core.Space;
import dev.ardm.core.counts.CountsModel;
import dev.ardm.core.counts.pixel.PixelCountsModel;
import dev.ardm.core.counts.row.RowCountsModel;
import dev.ardm.core.masking.MaskingDefinition;
import dev.ardm.core.masking.MaskingModel;
import dev.ardm.core.masking.output.OutputDistribution;
import dev.ardm.core.masking.process.Autoregressive;
import dev.ardm.core.masking.process.Process;
import dev.ardm.core.network.CausalConfig;
import dev.ardm.core.network.CausalConfig.Block;
import dev.ardm.core.network.DilatedConfig;
import dev.ardm.core.network.NetworkConfig;
import dev.ardm.data.ItemCursor;
import dev.ardm.data.ItemSet;
import dev.ardm.data.PackedItemSet;
import dev.ardm.data.array.IdxFile;
import dev.ardm.data.array.NpyFile;
import dev.ardm.data.format.DataFormat;
import dev.ardm.data.image.ImageFiles;
import dev.ardm.data.items.ItemSets;
import dev.ardm.data.registry.DataFormats;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Every verb for every kind of item. */
class EveryItemKindTest {
    private static final Space GREY = Space.image(8, 8, 1, 256);
    private static final Space COLOUR = Space.image(8, 8, 3, 256);

    private static List<int[]> values(Space space, int first, int count) {
        return Cli.values(space, first + count, 5).subList(first, first + count);
    }

    /** The values of the left half of each item, which {@code missing:right} keeps. */
    private static List<String> left(ItemSet items) {
        int width = items.space().extent(1);
        int channels = items.space().extent(2);
        return some(items, i -> i / channels % width < width / 2);
    }

    private static List<String> top(ItemSet items) {
        int row = items.space().extent(1) * items.space().extent(2);
        return some(items, i -> i / row < items.space().extent(0) / 2);
    }

    private static List<String> some(ItemSet items, IntPredicate which) {
        return IntStream.range(0, items.size())
                .mapToObj(k -> Arrays.toString(IntStream.range(0, items.space().dimensions())
                        .filter(which)
                        .map(i -> items.item(k)[i])
                        .toArray()))
                .toList();
    }

    private static String all(ItemSet items) {
        return items.space() + ": "
                + IntStream.range(0, items.size())
                        .mapToObj(k -> Arrays.toString(items.item(k)))
                        .toList();
    }

    abstract static class Pixels extends ItemKindSuite {
        @Override
        String suffix() {
            return ".png";
        }

        @Override
        Object content(Path file) throws IOException {
            return all(ItemSets.open(file));
        }

        @Override
        String mask() {
            return "missing:right";
        }

        @Override
        Object known(Path file) throws IOException {
            return left(ItemSets.open(file));
        }
    }

    @Nested
    class ImagesOfTheModelsSize extends Pixels {
        @Override
        void writeModel(Path file, long seed) throws IOException {
            Cli.modelFile(file, GREY, seed);
        }

        @Override
        void write(Path file, int first, int count) throws IOException {
            ImageFiles.write(GREY, values(GREY, first, count).get(0), file);
        }

        @Override
        String layout() {
            return "values";
        }
    }

    @Nested
    class ImagesByCounts extends ImagesOfTheModelsSize {
        @Override
        void writeModel(Path file, long seed) throws IOException {
            List<int[]> images = new ArrayList<>(values(GREY, 0, 20));
            images.addAll(values(GREY, 40 + (int) seed, 2));
            Cli.write(file, PixelCountsModel.learn(GREY, "", images));
        }

        @Override
        int callsTaken() {
            return 1;
        }

        @Override
        String mask() {
            return "missing:bottom";
        }

        @Override
        Object known(Path file) throws IOException {
            return top(ItemSets.open(file));
        }
    }

    @Nested
    class ImagesPixelByPixel extends ImagesOfTheModelsSize {
        @Override
        void writeModel(Path file, long seed) throws IOException {
            Process process = new Autoregressive(GREY, false);
            CausalConfig sizes =
                    new CausalConfig(6, 2, 2, 2, true, false, 3, List.of(Block.convolution(1, 1), Block.pointwise()));
            Cli.write(file, Cli.model(new MaskingDefinition(process, OutputDistribution.of(process), sizes, ""), seed));
        }

        @Override
        int callsTaken() {
            return GREY.extent(1) + 2 * (GREY.extent(0) - 1);
        }

        @Override
        String mask() {
            return "missing:bottom";
        }

        @Override
        Object known(Path file) throws IOException {
            return top(ItemSets.open(file));
        }
    }

    @Nested
    class ImagesOfAnySize extends Pixels {
        @Override
        void writeModel(Path file, long seed) throws IOException {
            Cli.modelFile(file, COLOUR, seed);
        }

        @Override
        void write(Path file, int first, int count) throws IOException {
            Space space = Space.image(8 + 2 * (first % 2), 6 + 5 * first, 3, 256);
            ImageFiles.write(space, values(space, first, count).get(0), file);
        }

        /** Stripes, of which a PNG makes little. */
        @Override
        void writeStrange(Path file, int first) throws IOException {
            Space space = Space.image(9, 11 + first, 3, 256);
            int[] stripes = new int[space.dimensions()];
            Arrays.setAll(stripes, i -> i / 3 % 2 * 200);
            ImageFiles.write(space, stripes, file);
        }

        @Override
        boolean hasSide() {
            return true;
        }

        @Override
        String layout() {
            return "images";
        }
    }

    @Nested
    class NpyArrays extends ItemKindSuite {
        @Override
        void writeModel(Path file, long seed) throws IOException {
            Cli.modelFile(file, GREY, seed);
        }

        @Override
        void write(Path file, int first, int count) throws IOException {
            NpyFile.write(file, PackedItemSet.of(GREY, values(GREY, first, count), null));
        }

        @Override
        boolean oneFileEach() {
            return false;
        }

        @Override
        String suffix() {
            return ".npy";
        }

        @Override
        Object content(Path file) throws IOException {
            return all(ItemSets.open(file, GREY)); // one that could be an image goes to standard output as PNG
        }

        @Override
        String layout() {
            return "values";
        }

        @Override
        String mask() {
            return "missing:right";
        }

        @Override
        Object known(Path file) throws IOException {
            return left(ItemSets.open(file, GREY));
        }
    }

    @Nested
    class IdxArrays extends NpyArrays {
        @Override
        void write(Path file, int first, int count) throws IOException {
            try (OutputStream out = Files.newOutputStream(file)) {
                IdxFile.write(out, PackedItemSet.of(GREY, values(GREY, first, count), null));
            }
        }

        @Override
        String suffix() {
            return ".idx";
        }
    }

    /** Files that are cut into windows. */
    abstract static class Sequences extends ItemKindSuite {
        private final String kind;
        private final String suffix;
        private final int window;
        private final int kept;

        Sequences(String kind, String suffix, int window, int kept) {
            this.kind = kind;
            this.suffix = suffix;
            this.window = window;
            this.kept = kept;
        }

        @Override
        void writeModel(Path file, long seed) throws IOException {
            Path example = file.resolveSibling("example" + suffix);
            write(example, 9, 1);
            Cli.write(file, Cli.model(DataFormats.fit(kind, List.of(example), Map.of("window", window + "")), seed));
            Files.delete(example);
        }

        @Override
        String suffix() {
            return suffix;
        }

        @Override
        String layout() {
            return "sequences";
        }

        @Override
        String mask() {
            return "known:prefix=12";
        }

        @Override
        Object known(Path file) throws IOException {
            return Arrays.toString(Arrays.copyOf(Files.readAllBytes(file), kept));
        }

        /** Bytes of which none is likely. */
        static byte[] noise(int length) {
            byte[] bytes = new byte[length];
            RandomStream random = RandomStream.of(5, Purpose.TEST, length);
            for (int i = 0; i < length; i++) {
                bytes[i] = (byte) random.nextInt(256);
            }
            return bytes;
        }
    }

    @Nested
    class TextFiles extends Sequences {
        TextFiles() {
            super("text", ".txt", 16, 12);
        }

        @Override
        void write(Path file, int first, int count) throws IOException {
            StringBuilder text = new StringBuilder();
            RandomStream random = RandomStream.of(3, Purpose.TEST, first);
            for (int i = 0; i < 13 + 20 * first; i++) {
                text.append("abcde \n".charAt(random.nextInt(7)));
            }
            Files.writeString(file, text);
        }

        @Override
        void writeStrange(Path file, int first) throws IOException {
            Files.write(file, noise(40 * first));
        }
    }

    @Nested
    class ByteFiles extends Sequences {
        ByteFiles() {
            super("bytes", ".bin", 32, 12);
        }

        @Override
        void write(Path file, int first, int count) throws IOException {
            byte[] bytes = new byte[20 + 15 * first];
            RandomStream random = RandomStream.of(4, Purpose.TEST, first);
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) random.nextInt(256);
            }
            Files.write(file, bytes);
        }
    }

    @Nested
    class SoundFiles extends Sequences {
        SoundFiles() {
            super("wav", ".wav", 40, 44 + 4 * 12);
        }

        @Override
        void write(Path file, int first, int count) throws IOException {
            Files.write(file, DocumentCommandsTest.wav(2, 8000, 40 + 30 * first, new byte[0]));
        }

        @Override
        void writeStrange(Path file, int first) throws IOException {
            Files.write(file, DocumentCommandsTest.wav(2, 8000, first, noise(20 * first)));
        }
    }

    @Nested
    class TableRows extends ItemKindSuite {
        static final String HEAD = "name,age,city\n";
        static final List<String> ROWS =
                List.of("ann,31,ulm", "bob,42,bonn", "cid,31,ulm", "ann,99,\"x, y\"", "dan,,ulm");

        @Override
        void writeModel(Path file, long seed) throws IOException {
            Path example = file.resolveSibling("example.csv");
            Files.writeString(example, HEAD + String.join("\n", ROWS.subList(0, 3)) + "\nann,42,ulm\n");
            Cli.write(file, Cli.model(DataFormats.fit("csv", List.of(example), Map.of()), seed));
            Files.delete(example);
        }

        @Override
        void write(Path file, int first, int count) throws IOException {
            Files.writeString(file, HEAD + String.join("\n", ROWS.subList(first, first + count)) + "\n");
        }

        /** Rows with another number of fields, fields that were never seen, a file without rows. */
        @Override
        void writeStrange(Path file, int first) throws IOException {
            Files.writeString(file, HEAD + "x\r\n1,2,3,4,5\n\"a long, quoted field\",99.75,\"\"\n,,\n".repeat(first));
        }

        @Override
        boolean oneFileEach() {
            return false;
        }

        @Override
        String suffix() {
            return ".csv";
        }

        @Override
        boolean hasSide() {
            return true;
        }

        @Override
        boolean filesStayApart() {
            return true;
        }

        @Override
        String layout() {
            return "rows";
        }

        @Override
        String mask() {
            return "missing:columns=city";
        }

        @Override
        Object known(Path file) throws IOException {
            return Files.readString(file, StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.substring(0, line.lastIndexOf(',')))
                    .toList();
        }
    }

    @Nested
    class RowsByCounts extends TableRows {
        @Override
        void writeModel(Path file, long seed) throws IOException {
            Path example = file.resolveSibling("example.csv");
            Files.writeString(
                    example, HEAD + String.join("\n", ROWS.subList(0, 3)) + "\nann,4" + seed + ",ulm\ndan,31,ulm\n");
            DataFormat format = DataFormats.fit("csv", List.of(example), Map.of());
            ItemSet rows = format.items(List.of(example));
            Cli.write(
                    file,
                    RowCountsModel.learn(
                            format.space(),
                            format.definition(),
                            IntStream.range(0, rows.size()).mapToObj(rows::item).toList()));
            Files.delete(example);
        }

        @Override
        int callsTaken() {
            return 1;
        }
    }

    abstract static class Lines extends ItemKindSuite {
        private static final List<String> LINES = List.of(
                "12:01 ann opened the door",
                "12:07 bob closed",
                "",
                "13:55 \u00e4 ann opened a window\r",
                "x".repeat(300),
                "noise \u0000\u0001\u007f");

        @Override
        void write(Path file, int first, int count) throws IOException {
            Files.writeString(file, String.join("\n", LINES.subList(first, first + count)) + "\n");
        }

        @Override
        void writeStrange(Path file, int first) throws IOException {
            Files.write(file, Sequences.noise(40 * first));
        }

        @Override
        boolean oneFileEach() {
            return false;
        }

        @Override
        String suffix() {
            return ".log";
        }

        @Override
        boolean hasSide() {
            return true;
        }

        @Override
        boolean sharesStreams() {
            return true;
        }

        @Override
        boolean filesStayApart() {
            return true;
        }

        @Override
        String layout() {
            return "records";
        }

        @Override
        String mask() {
            return "known:prefix=10";
        }

        @Override
        Object known(Path file) throws IOException {
            // Bytes: what a network draws is no text.
            return Stream.of(Files.readString(file, StandardCharsets.ISO_8859_1).split("\n", -1))
                    .map(line -> line.substring(0, Math.min(10, line.length())))
                    .toList();
        }
    }

    @Nested
    class LinesByCounts extends Lines {
        @Override
        void writeModel(Path file, long seed) throws IOException {
            Path example = file.resolveSibling("example.log");
            Files.writeString(example, "12:0" + seed + " ann opened the door\n12:04 bob closed the door\n");
            DataFormat format = DataFormats.fit("lines", List.of(example), Map.of());
            List<int[]> items = new ArrayList<>();
            try (ItemCursor cursor = format.wholeItems(List.of(example))) {
                for (Item item = cursor.next(); item != null; item = cursor.next()) {
                    items.add(item.values());
                }
            }
            Cli.write(file, CountsModel.learn(format.space(), format.definition(), items));
            Files.delete(example);
        }

        @Test
        void samplesAreLinesThatEnd() throws IOException {
            Path model = dir.resolve("lines.safetensors");
            writeModel(model, 1);
            Path drawn = dir.resolve("drawn.log");
            Cli.run("sample", "-m", model, "-n", 200, "--seed", 1, "-o", drawn).good();
            List<String> lines = Files.readAllLines(drawn, StandardCharsets.ISO_8859_1);
            assertThat(lines.stream().filter(line -> line.endsWith("the door"))).hasSizeGreaterThan(60);
        }

        @Override
        int callsTaken() {
            return 1;
        }
    }

    @Nested
    class LinesByNetwork extends Lines {
        @Override
        void writeModel(Path file, long seed) throws IOException {
            Path example = file.resolveSibling("example.log");
            Files.writeString(example, "12:01 ann opened the door\n");
            DataFormat format = DataFormats.fit("lines", List.of(example), Map.of("window", "24"));
            NetworkConfig sizes = new DilatedConfig(3, 8, 8, 3, 2, 4, 0, false);
            MaskingModel model =
                    Cli.model(MaskingDefinition.terminated(format.space(), sizes, format.definition()), seed);
            String name = model.network().logitBias();
            float[] bias = model.weights().get(name).clone();
            for (int letter = ' '; letter <= '~'; letter++) {
                bias[letter] += 3; // so that lines of text take less than they are
            }
            bias[256] += 3;
            bias['\n'] -= 30; // which no line has
            Cli.write(file, new MaskingModel(model.definition(), model.weights().with(name, bias), Map.of(), Map.of()));
            Files.delete(example);
        }

        @Override
        int callsTaken() {
            return 24;
        }
    }
}

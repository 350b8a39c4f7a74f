package dev.ardm.core.conformance;

import dev.ardm.coding.format.ItemLayout;
import dev.ardm.core.RandomStream;
import dev.ardm.core.RandomStream.Purpose;
import dev.ardm.core.Space;
import dev.ardm.core.Space.Scale;
import dev.ardm.core.TinyModels;
import dev.ardm.core.archive.ItemArchive;
import dev.ardm.core.archive.ItemArchiveWriter;
import dev.ardm.core.counts.CountsForm;
import dev.ardm.core.counts.CountsModel;
import dev.ardm.core.counts.CountsOptions;
import dev.ardm.core.counts.pixel.PictureCountsModel;
import dev.ardm.core.counts.pixel.PixelCountsModel;
import dev.ardm.core.counts.row.RowCountsModel;
import dev.ardm.core.family.Models;
import dev.ardm.core.masking.MaskingDefinition;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.Model;
import dev.ardm.core.model.ModelFile;
import dev.ardm.core.model.SafeTensors.Type;
import dev.ardm.core.network.CausalTransformerConfig;
import dev.ardm.exact.Kernels;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Models of counts, and a network with counts, and the items of their golden archives: from seeds, of integers only. */
final class GoldenFamilies {
    private static final String MODEL = "model.safetensors";
    private static final String ARCHIVE = "golden.ardm";
    private static final Space BYTES = Space.of(new int[] {64}, 256, Scale.NOMINAL);
    private static final String[] WORDS = {"login", "logout", "read", "write", "timeout", "retry"};

    private GoldenFamilies() {}

    /**
     * A model and what is stored with it.
     *
     * @param model makes it
     */
    record Family(String name, Supplier<Model> model, ItemLayout layout, List<int[]> items) {
        void write(Path folder) throws IOException {
            Files.createDirectories(folder);
            Model made = model.get();
            try (OutputStream out = Files.newOutputStream(folder.resolve(MODEL))) {
                ModelFile.write(made, Type.F32, out);
            }
            LikelihoodModel opened = Models.read(folder.resolve(MODEL)).open(1, Kernels.reference());
            try (ItemArchiveWriter writer =
                    ItemArchiveWriter.create(folder.resolve(ARCHIVE), opened, opened.plan(1), layout)) {
                for (int[] item : items) {
                    writer.add(item);
                }
                writer.commit();
            }
        }
    }

    /** The part of the list of hashes about one model. */
    static String hashes(Path models, String name) throws IOException {
        Model model = Models.read(models.resolve(name).resolve(MODEL));
        StringBuilder text = new StringBuilder("\n");
        text.append(name).append(".archive = ").append(ARCHIVE).append('\n');
        text.append(name).append(".id = ").append(model.idText()).append('\n');
        try (ItemArchive archive =
                ItemArchive.open(models.resolve(name).resolve(ARCHIVE), model.open(1, Kernels.reference()))) {
            List<String> hashes = archive.get(0, archive.size()).stream()
                    .map(ArchivedItems::hash)
                    .toList();
            ConformanceModels.append(text, name + ".items", hashes);
        }
        return text.toString();
    }

    static List<Family> all() {
        Space row = Space.of(new int[] {6}, new int[] {11, 13, 17, 4, 300, 2}, Scale.NOMINAL);
        Space grey = Space.image(9, 7, 1, 256);
        List<int[]> lines = lines(0, 90);
        List<int[]> rows = items(0, 400, GoldenFamilies::row);
        return List.of(
                new Family(
                        "tiny-counts",
                        () -> CountsModel.learn(BYTES, "", lines, form(CountsForm.PRIMER)),
                        ItemLayout.RECORDS,
                        lines(60, 130)),
                new Family(
                        "tiny-entries",
                        () -> CountsModel.learn(BYTES, "", lines, form(CountsForm.ENTRIES)),
                        ItemLayout.RECORDS,
                        lines(60, 130)),
                new Family(
                        "tiny-rows",
                        () -> RowCountsModel.learn(row, "", rows),
                        ItemLayout.ROWS,
                        items(380, 440, GoldenFamilies::row)),
                new Family(
                        "tiny-pixels",
                        () -> PixelCountsModel.learn(grey, "", items(0, 60, n -> image(n, 9, 7))),
                        ItemLayout.VALUE_RECORDS,
                        items(55, 75, n -> image(n, 9, 7))),
                new Family(
                        "tiny-pictures",
                        () -> PictureCountsModel.learn(BYTES, "", items(0, 50, GoldenFamilies::picture)),
                        ItemLayout.RECORDS,
                        items(45, 70, GoldenFamilies::picture)),
                new Family(
                        "tiny-lines",
                        () -> TinyModels.random(
                                MaskingDefinition.terminated(
                                                BYTES, new CausalTransformerConfig(2, 12, 3, 20, 40, false, 0), "")
                                        .withCounts(CountsModel.learn(BYTES, "", lines, form(CountsForm.PRIMER))),
                                8),
                        ItemLayout.RECORDS,
                        lines(80, 120)));
    }

    private static CountsOptions form(CountsForm form) {
        return new CountsOptions(Optional.of(form), 0);
    }

    private static List<int[]> items(int from, int to, IntFunction<int[]> item) {
        return IntStream.range(from, to).mapToObj(item).toList();
    }

    private static RandomStream random(int number) {
        return RandomStream.of(9, Purpose.TEST, number);
    }

    /** Lines as a log has them; the last ones are empty, noise, and longer than the window. */
    private static List<int[]> lines(int from, int to) {
        List<int[]> lines = new ArrayList<>();
        for (int n = from; n < to; n++) {
            RandomStream random = random(n);
            String word = WORDS[random.nextInt(WORDS.length)];
            String line = "user " + (100 + random.nextInt(40)) + " " + word + " after " + random.nextInt(1000) + " ms"
                    + (random.nextInt(9) == 0 ? ", node \u00e4" + n : "");
            lines.add(values(line));
        }
        lines.add(new int[0]);
        lines.add(IntStream.range(0, 30)
                .map(k -> random(to).nextInt(256) + k & 0xFF)
                .toArray());
        lines.add(values("user 100 login ".repeat(11)));
        return lines;
    }

    private static int[] values(String line) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        return IntStream.range(0, bytes.length).map(k -> bytes[k] & 0xFF).toArray();
    }

    /** Three digits that name a thing, what it is, a number, and whether it is large; now and then noise. */
    private static int[] row(int number) {
        RandomStream random = random(number);
        int thing = random.nextInt(150);
        int code = thing * 97 % 2431;
        int size = (thing * 31 + random.nextInt(1 + random.nextInt(40))) % 300;
        int kind = random.nextInt(12) == 0 ? random.nextInt(4) : thing * 7 % 5 % 4;
        return new int[] {code % 11, code / 11 % 13, code / 143, kind, size, size > 150 ? 1 : 0};
    }

    /** A bright patch on a slope; every fifth image is noise. */
    private static int[] image(int number, int height, int width) {
        RandomStream random = random(number);
        int top = random.nextInt(height - 3);
        int left = random.nextInt(width - 3);
        int light = 90 + random.nextInt(150);
        int[] values = new int[height * width];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                boolean inside = y >= top && y < top + 4 && x >= left && x < left + 3;
                values[y * width + x] =
                        number % 5 == 4 ? random.nextInt(256) : inside ? light : 3 * y + 2 * x + random.nextInt(3);
            }
        }
        return values;
    }

    /** An image of any size with its header: grey, or of two listed colours. The twelfth is none. */
    private static int[] picture(int number) {
        RandomStream random = random(number);
        int height = 4 + random.nextInt(6);
        int width = 4 + random.nextInt(6);
        int[] grey = image(number, height, width);
        if (number % 12 == 11) {
            return grey;
        }
        if (number % 2 == 0) {
            return joined(new int[] {1, height, width, 0, 0}, grey);
        }
        int[] colours = {20, 30, 40, 200, 100, 5};
        int[] pixels = IntStream.range(0, 3 * grey.length)
                .map(k -> colours[(grey[k / 3] > 60 ? 3 : 0) + k % 3])
                .toArray();
        return joined(joined(new int[] {3, height, width, 2, 0}, colours), pixels);
    }

    private static int[] joined(int[] first, int[] second) {
        int[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }
}

package dev.ardm.core.counts.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.format.ItemLayout;
import dev.ardm.core.Item;
import dev.ardm.core.PartialItem;
import dev.ardm.core.Space;
import dev.ardm.core.TinyModels;
import dev.ardm.core.archive.ItemArchive;
import dev.ardm.core.archive.ItemArchiveWriter;
import dev.ardm.core.family.Models;
import dev.ardm.core.model.Estimator;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.LikelihoodModelSuite;
import dev.ardm.core.model.Model;
import dev.ardm.core.model.ModelFile;
import dev.ardm.core.model.ModelFileException;
import dev.ardm.core.model.Plan;
import dev.ardm.core.model.SafeTensors.Type;
import dev.ardm.core.model.Verb;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowCountsModelTest extends LikelihoodModelSuite {
    private static final Space SOURCE = Space.of(new int[] {4}, new int[] {8, 8, 5, 300}, Space.Scale.NOMINAL);

    @TempDir
    Path folder;

    @Override
    protected Stream<Case> models() {
        Space row = Space.of(new int[] {6}, new int[] {7, 2, 1000, 3, 65536, 5}, Space.Scale.NOMINAL);
        Space grid = Space.of(new int[] {2, 3}, new int[] {7, 2, 5}, Space.Scale.ORDERED);
        return Stream.of(
                new Case("row", RowCountsModel.learn(row, "", TinyModels.items(row, 60, 4))),
                new Case("two rows", RowCountsModel.learn(grid, "", TinyModels.items(grid, 2, 4))),
                new Case("nothing learnt", RowCountsModel.learn(row, "", List.of())));
    }

    @Override
    protected Stream<Case> tinyModels() {
        Space pair = Space.of(new int[] {2}, 5, Space.Scale.NOMINAL);
        List<int[]> items = new ArrayList<>();
        for (int[] item : TinyModels.items(pair, 40, 3)) {
            items.add(new int[] {item[0], item[0] == 2 ? 1 : item[1]});
        }
        return Stream.of(new Case("two", RowCountsModel.learn(pair, "", items)));
    }

    @Override
    protected List<? extends Plan> plans(LikelihoodModel model) {
        return List.of(RowLikelihood.PLAN);
    }

    @Override
    protected Plan exactPlan(LikelihoodModel model) {
        return RowLikelihood.PLAN;
    }

    @Override
    protected boolean[] known(LikelihoodModel model) {
        return new boolean[] {false, true, false, false, true, true};
    }

    /** a is even, b is a four times in five, c is known from both nine times in ten, d is geometric. */
    private static int[] row(Random random) {
        int a = random.nextInt(8);
        int b = random.nextInt(5) > 0 ? a : random.nextInt(8);
        int c = random.nextInt(10) > 0 ? (a + b) % 5 : random.nextInt(5);
        int d = 0;
        while (d < 299 && random.nextInt(8) > 0) {
            d++;
        }
        return new int[] {a, b, c, d};
    }

    private static double entropyOfRow() {
        double given = oneOrAny(0.8, 8) + oneOrAny(0.9, 5);
        double geometric = entropy(0.125) / 0.125; // The cut at 299 takes nothing.
        return 3 + given + geometric;
    }

    /** The entropy of a value that is a certain one with a probability, and otherwise any of some. */
    private static double oneOrAny(double probability, int values) {
        double one = probability + (1 - probability) / values;
        return entropy(one) + (1 - one) * log(values - 1.0);
    }

    private static double entropy(double p) {
        return -p * log(p) - (1 - p) * log(1 - p);
    }

    private static double log(double x) {
        return Math.log(x) / Math.log(2);
    }

    private static List<int[]> rows(int count, long seed) {
        Random random = new Random(seed);
        return Stream.generate(() -> row(random)).limit(count).toList();
    }

    private static double bits(LikelihoodModel model, List<int[]> rows) {
        return model.space().dimensions()
                * model.estimator(Estimator.PLAN, model.plan(1), 1)
                        .measureValues(rows, 0, LikelihoodModel.NO_PROGRESS)
                        .bitsPerDimension();
    }

    @Test
    void rowsCostTheirEntropy() {
        RowCountsModel model = RowCountsModel.learn(SOURCE, "", rows(8_000, 1));
        LikelihoodModel opened = model.open(2);
        assertThat(bits(opened, rows(4_000, 2))).isCloseTo(entropyOfRow(), within(0.02 * entropyOfRow()));
        // The primer has what its rows are worth, and what was learnt on the way.
        double primer = 8.0 * model.tensors().get("primer").values().length / 8_000;
        assertThat(primer).isBetween(0.98 * entropyOfRow(), 1.04 * entropyOfRow());
    }

    /**
     * Six columns that the last one determines four times in five: given it they are independent, and from the left each depends on
     * all before it.
     */
    @Test
    void theOrderOfTheColumnsFindsAPlantedDependency() {
        Space space = Space.of(new int[] {7}, new int[] {8, 8, 8, 8, 8, 8, 64}, Space.Scale.NOMINAL);
        Random random = new Random(3);
        int[][] code = IntStream.range(0, 64)
                .mapToObj(key -> random.ints(6, 0, 8).toArray())
                .toArray(int[][]::new);
        List<int[]> rows = new ArrayList<>();
        for (int n = 0; n < 6_000; n++) {
            int key = random.nextInt(64);
            rows.add(IntStream.range(0, 7)
                    .map(c -> c == 6 ? key : random.nextInt(5) > 0 ? code[key][c] : random.nextInt(8))
                    .toArray());
        }
        double entropy = 6 + 6 * oneOrAny(0.8, 8);
        List<int[]> learnt = rows.subList(0, 4_000);
        int[][] columns = LearntRows.columns(space, learnt);
        List<ColumnPlan> plans = ArrangementChoice.of(space, columns);
        assertThat(plans.subList(0, 2)).extracting(ColumnPlan::column).contains(6);
        assertThat(plans.subList(2, 7))
                .allSatisfy(plan -> assertThat(plan.parents().get(0)).isEqualTo(6));
        assertThat(bits(RowCountsModel.learn(space, "", learnt).open(1), rows.subList(4_000, 6_000)))
                .isBetween(0.97 * entropy, 1.04 * entropy);
        List<ColumnPlan> straight = new Arrangement(
                        columns, IntStream.range(0, 7).map(space::categories).toArray())
                .plans(List.of(), List.of(0, 1, 2, 3, 4, 5, 6));
        assertThat(RowPrimer.encode(space, columns, straight).bytes().length)
                .isGreaterThan(RowPrimer.encode(space, columns, plans).bytes().length * 21 / 20);
    }

    /** Three digits name one of 2,000 things, and so the last column, of which no digit alone says anything. */
    private static List<int[]> named(int count) {
        Random random = new Random(4);
        int[] code = random.ints(2_000, 0, 16).toArray();
        return IntStream.range(0, count)
                .mapToObj(n -> {
                    int thing = random.nextInt(code.length);
                    int number = thing * 487 % 2_197;
                    int last = random.nextInt(10) > 0 ? code[thing] : random.nextInt(16);
                    return new int[] {number % 13, number / 13 % 13, number / 169, random.nextInt(3), last};
                })
                .toList();
    }

    @Test
    void digitsOfANumberTellTogetherWhatNoneTellsAlone() throws Exception {
        Space space = Space.of(new int[] {5}, new int[] {13, 13, 13, 3, 16}, Space.Scale.NOMINAL);
        List<int[]> rows = named(24_000);
        List<int[]> learnt = rows.subList(0, 20_000);
        int[][] columns = LearntRows.columns(space, learnt);
        List<ColumnPlan> plans = ArrangementChoice.leftToRight(space, columns);
        assertThat(plans.get(4).run()).containsExactly(0, 1, 2);
        RowCountsModel model = RowCountsModel.learnLeftToRight(space, "", learnt);
        double entropy = log(2_000) + log(3) + oneOrAny(0.9, 16);
        assertThat(bits(model.open(1), rows.subList(20_000, 24_000))).isLessThan(1.06 * entropy);
        byte[] primer = RowPrimer.encode(space, columns, plans).bytes();
        assertThat(RowPrimer.decode(space, primer, 20_000).plans()).isEqualTo(plans);
        // A run of a column that comes later, and one of a column only.
        for (int[] run : new int[][] {{3, 2}, {0, 1}, {4, 2}}) {
            byte[] wrong = {0, 0, 2, 0, 4, 0, 6, 0, 8, 16, (byte) run[0], (byte) run[1]};
            assertThatThrownBy(() -> RowPrimer.decode(space, wrong, 1)).isInstanceOf(DamagedException.class);
        }
    }

    @Test
    void columnsWithoutDependenceStayInTheirOrder() {
        Space space = Space.of(new int[] {5}, new int[] {4, 9, 2, 30, 3}, Space.Scale.NOMINAL);
        assertThat(ArrangementChoice.of(space, LearntRows.columns(space, TinyModels.items(space, 300, 5))))
                .extracting(ColumnPlan::column)
                .containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void fillsAnyColumnsFromAnyOthers() {
        LikelihoodModel model = RowCountsModel.learn(SOURCE, "", rows(4_000, 1)).open(2);
        List<PartialItem> items = new ArrayList<>();
        for (int n = 0; n < 900; n++) {
            boolean[] known = {n % 3 == 1, n % 3 == 0, n % 3 == 2, n % 2 == 0};
            items.add(new PartialItem(Item.of(new int[] {5, 5, 0, 7}), known));
        }
        List<Item> filled = model.generator(model.plan(1), ItemLayout.ROWS, 1).generate(items, 0, 1, done -> {});
        int agree = 0;
        for (int n = 0; n < items.size(); n++) {
            int[] values = filled.get(n).values();
            if (n % 3 == 2) {
                assertThat(values[2]).isZero();
            }
            agree += values[0] == values[1] ? 1 : 0;
            int unknown = n;
            IntStream.range(0, 4).filter(c -> items.get(unknown).known()[c]).forEach(c -> assertThat(values[c])
                    .isEqualTo(items.get(unknown).item().values()[c]));
        }
        assertThat(agree / 900.0).isCloseTo(0.825, within(0.06));
        // The same alone, and part by part.
        assertThat(model.on(1)
                        .generator(model.plan(1), ItemLayout.ROWS, 1)
                        .generate(items.subList(400, 402), 400, 1, done -> {})
                        .get(1)
                        .values())
                .isEqualTo(filled.get(401).values());
        PartialItem outside =
                new PartialItem(Item.of(new int[] {0, 0, 9, 0}), new boolean[] {false, false, true, false});
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        model.generator(model.plan(1), ItemLayout.ROWS, 1).generate(List.of(outside), 0, 1, done -> {}))
                .withMessageContaining("value 9 at position 2");
    }

    @Test
    void givesTheDistributionOfAColumnGivenAnyOthers() {
        LikelihoodModel model = RowCountsModel.learn(SOURCE, "", rows(8_000, 1)).open(2);
        List<double[]> given = model.conditionals(
                List.of(new int[] {0, 3, 0, 0}, new int[] {0, 6, 2, 0}),
                new boolean[] {false, true, true, false},
                0,
                LikelihoodModel.NO_PROGRESS);
        // b = 3: a is b four times in five, which makes c 1 nine times in ten; here c is 0.
        double[] source = new double[8];
        for (int a = 0; a < 8; a++) {
            source[a] = ((a == 3 ? 0.8 : 0) + 0.2 / 8) * (((a + 3) % 5 == 0 ? 0.9 : 0) + 0.02);
        }
        double sum = IntStream.range(0, 8).mapToDouble(a -> source[a]).sum();
        for (int a = 0; a < 8; a++) {
            assertThat(given.get(0)[a]).isCloseTo(source[a] / sum, within(0.1));
        }
        assertThat(IntStream.range(0, 8).mapToDouble(a -> given.get(0)[a]).sum())
                .isCloseTo(1, within(1e-9));
        assertThat(given.get(1)[6]).isGreaterThan(0.9);
        // What is coded last is coded by its distribution given all others.
        int last = ArrangementChoice.of(SOURCE, LearntRows.columns(SOURCE, rows(8_000, 1)))
                .get(3)
                .column();
        boolean[] others = {true, true, true, true};
        others[last] = false;
        int[] row = {5, 5, 0, 4};
        assertThat(model.conditionals(List.of(row), others, last, LikelihoodModel.NO_PROGRESS)
                        .get(0)[row[last]])
                .isCloseTo(
                        Math.pow(
                                2,
                                -model.scorer(model.plan(1), ItemLayout.ROWS)
                                        .unitBits(List.of(Item.of(row)), LikelihoodModel.NO_PROGRESS)
                                        .get(0)[last]),
                        within(1e-9));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.conditionals(
                        List.of(), new boolean[] {true, false, false, false}, 0, LikelihoodModel.NO_PROGRESS));
    }

    @Test
    void aModelFileGivesBackTheModelAndReadsItsArchives() throws Exception {
        RowCountsModel model = RowCountsModel.learn(SOURCE, "", rows(2_000, 1));
        Path file = folder.resolve("model.safetensors");
        write(model, file);
        Model back = Models.read(file);
        assertThat(back.id()).isEqualTo(model.id());
        LikelihoodModel opened = back.open(2);
        Path archive = folder.resolve("rows.ardm");
        List<int[]> rows = rows(300, 7);
        try (ItemArchiveWriter writer =
                ItemArchiveWriter.create(archive, model.open(1), opened.plan(1), ItemLayout.ROWS)) {
            for (int[] row : rows) {
                writer.add(new Item("", row, new byte[] {1}));
            }
            writer.commit();
        }
        try (ItemArchive reader = ItemArchive.open(archive, opened)) {
            assertThat(reader.get(0, rows.size()).toArray()).isEqualTo(rows.toArray());
        }
    }

    private static void write(Model model, Path file) throws Exception {
        try (OutputStream out = Files.newOutputStream(file)) {
            ModelFile.write(model, Type.F32, out);
        }
    }

    @Test
    void anotherVersionOfThePredictorIsRefused() throws Exception {
        Path file = folder.resolve("model.safetensors");
        write(RowCountsModel.learn(SOURCE, "", rows(20, 1)), file);
        String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        assertThat(text).contains("version\\\":0");
        Files.write(file, text.replace("version\\\":0", "version\\\":7").getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> Models.read(file))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining("needs version 7 of the predictor of row-counts, this program knows 0");
    }

    @Test
    void aDamagedPrimerIsRefusedOrReadAsOtherRows() throws Exception {
        int[][] columns = LearntRows.columns(SOURCE, rows(40, 1));
        byte[] primer = RowPrimer.encode(SOURCE, columns, ArrangementChoice.of(SOURCE, columns))
                .bytes();
        assertThat(RowPrimer.decode(SOURCE, primer, 40).columns()).isEqualTo(columns);
        int refused = 0;
        for (int at = 0; at < primer.length; at++) {
            byte[] damaged = primer.clone();
            damaged[at] ^= 0x15;
            try {
                int[][] others = RowPrimer.decode(SOURCE, damaged, 40).columns();
                for (int[] row : rowsOf(others)) {
                    SOURCE.check(row);
                }
            } catch (DamagedException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(primer.length / 2);
        assertThatThrownBy(() -> RowPrimer.decode(SOURCE, primer, 41)).isInstanceOf(DamagedException.class);
        assertThatThrownBy(() -> RowPrimer.decode(SOURCE, new byte[3], 40)).isInstanceOf(DamagedException.class);
    }

    private static List<int[]> rowsOf(int[][] columns) {
        return IntStream.range(0, columns[0].length)
                .mapToObj(r -> IntStream.range(0, columns.length)
                        .map(c -> columns[c][r])
                        .toArray())
                .toList();
    }

    @Test
    void refusesWhatItCannotLearn() {
        Space wide = Space.of(new int[] {1_025}, 3, Space.Scale.NOMINAL);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RowCountsModel.learn(wide, "", List.of()))
                .withMessage("a model of counts takes rows of at most 1024 values, not 1025");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RowCountsModel.learn(SOURCE, "", List.of(new int[] {0, 8, 0, 0})))
                .withMessage("value 8 at position 1 is outside [0, 8)");
        LikelihoodModel model = RowCountsModel.learn(SOURCE, "", rows(20, 1)).open(1);
        assertThat(model.verbs())
                .containsExactlyInAnyOrder(Verb.SAMPLE, Verb.FILL, Verb.SCORE, Verb.COMPRESS, Verb.CONDITIONALS);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.coder(model.plan(1), ItemLayout.sequences(0, 0)))
                .withMessage("this model takes items of one size, not sequences");
    }

    @Test
    void ofTooManyRowsItLearnsAsManyAsItCanFromAll() {
        Space pair = Space.of(new int[] {2}, 2, Space.Scale.NOMINAL);
        List<int[]> rows = new ArrayList<>(Collections.nCopies(400, new int[2]));
        rows.addAll(Collections.nCopies(200, new int[] {1, 1}));
        RowCountsModel model = RowCountsModel.learn(pair, "", rows, 600, ArrangementChoice::of);
        assertThat(model.items()).isEqualTo(300);
        assertThat(bits(model.open(1), List.of(new int[] {1, 1}))).isLessThan(2.5);
    }
}

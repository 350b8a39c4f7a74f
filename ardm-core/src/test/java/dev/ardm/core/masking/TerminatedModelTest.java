package dev.ardm.core.masking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.ardm.coding.CheckedStream;
import dev.ardm.coding.format.ItemLayout;
import dev.ardm.coding.format.RecordGroup;
import dev.ardm.core.Item;
import dev.ardm.core.PartialItem;
import dev.ardm.core.Space;
import dev.ardm.core.TinyModels;
import dev.ardm.core.archive.ItemArchive;
import dev.ardm.core.archive.ItemArchiveWriter;
import dev.ardm.core.counts.CountsModel;
import dev.ardm.core.family.Models;
import dev.ardm.core.masking.output.LogisticMixture;
import dev.ardm.core.masking.output.OutputDistribution;
import dev.ardm.core.masking.process.Autoregressive;
import dev.ardm.core.masking.process.OrderAgnostic;
import dev.ardm.core.model.Estimate;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.LikelihoodModelSuite;
import dev.ardm.core.model.Model;
import dev.ardm.core.model.ModelFile;
import dev.ardm.core.model.Plan;
import dev.ardm.core.model.RecordCoder;
import dev.ardm.core.model.SafeTensors.Type;
import dev.ardm.core.model.Verb;
import dev.ardm.core.network.CausalTransformerConfig;
import dev.ardm.core.network.DilatedConfig;
import dev.ardm.core.network.NetworkConfig;
import dev.ardm.core.network.TransformerConfig;
import dev.ardm.exact.Kernels;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sequences that contain their end. */
class TerminatedModelTest extends LikelihoodModelSuite {
    private static final NetworkConfig DILATED = new DilatedConfig(3, 8, 8, 3, 2, 4, 0, false);
    private static final NetworkConfig ROTARY = new CausalTransformerConfig(2, 12, 3, 20, 40, false, 0);
    private static final NetworkConfig TRANSFORMER = new TransformerConfig(2, 12, 3, 20, 0, 0);

    @TempDir
    Path folder;

    private static Space space(int window, int categories) {
        return Space.of(new int[] {window}, categories, Space.Scale.NOMINAL);
    }

    private static MaskingModel model(Space space, NetworkConfig network) {
        return TinyModels.random(MaskingDefinition.terminated(space, network, ""), 5);
    }

    private static Stream<Case> of(Space space) {
        Random random = new Random(7);
        List<int[]> learnt = Stream.generate(() ->
                        random.ints(random.nextInt(9), 0, space.maxCategories()).toArray())
                .limit(60)
                .toList();
        MaskingDefinition told =
                MaskingDefinition.terminated(space, ROTARY, "").withCounts(CountsModel.learn(space, "", learnt));
        return Stream.of(
                new Case("dilated", model(space, DILATED)),
                new Case("transformer", model(space, TRANSFORMER)),
                new Case("causal transformer", model(space, ROTARY)),
                new Case("told by counts", TinyModels.random(told, 6)));
    }

    @Override
    protected Stream<Case> models() {
        return Stream.concat(of(space(6, 7)), Stream.of(new Case("long windows", model(space(40, 3), DILATED))));
    }

    @Override
    protected Stream<Case> tinyModels() {
        return of(space(2, 5));
    }

    @Override
    protected List<? extends Plan> plans(LikelihoodModel model) {
        return List.of(model.plan(1));
    }

    @Override
    protected Plan exactPlan(LikelihoodModel model) {
        return model.plan(1);
    }

    @Override
    protected boolean[] known(LikelihoodModel model) {
        boolean[] known = new boolean[model.space().dimensions()];
        Arrays.fill(known, 0, 2, true);
        return known;
    }

    /** Records of all lengths up to several windows, the empty one too. */
    private static List<int[]> records(Space space) {
        Random random = new Random(3);
        List<int[]> records = new ArrayList<>();
        for (int length = 0; length <= 4 * space.dimensions() + 3; length++) {
            records.add(random.ints(length, 0, space.maxCategories()).toArray());
        }
        Collections.shuffle(records, random);
        return records;
    }

    private static RecordGroup group(List<int[]> items, List<RecordCoder.Symbols> symbols, int most) {
        int[][] values = items.toArray(int[][]::new);
        byte[][] sides = new byte[values.length][0];
        byte[] stream = CheckedStream.encode(
                stack -> {
                    for (int i = values.length - 1; i >= 0; i--) {
                        symbols.get(i).push(stack);
                    }
                },
                CheckedStream.checkOf(sides, values));
        return RecordGroup.coded(sides, most, stream);
    }

    private static List<RecordGroup> groups(List<int[]> items, List<RecordCoder.Symbols> symbols, int most) {
        List<RecordGroup> groups = new ArrayList<>();
        for (int from = 0, size = 1; from < items.size(); from += size, size = 1 + size % 5) {
            int to = Math.min(items.size(), from + size);
            groups.add(group(items.subList(from, to), symbols.subList(from, to), most));
        }
        return groups;
    }

    @ParameterizedTest
    @MethodSource("models")
    void recordsOfAnyLengthComeBackAndCostWhatTheirUnitsSay(Case given) {
        LikelihoodModel model = given.model().open(3);
        List<int[]> items = records(model.space());
        int most = items.stream().mapToInt(item -> item.length).max().orElseThrow();
        RecordCoder coder = model.records().orElseThrow();
        List<RecordGroup> groups = groups(items, coder.encode(items, LikelihoodModel.NO_PROGRESS), most);
        RecordCoder plain = given.model().open(1, Kernels.reference()).records().orElseThrow();
        List<RecordGroup> same = groups(items, plain.encode(items, LikelihoodModel.NO_PROGRESS), most);
        List<double[]> bits = model.scorer(model.plan(1), ItemLayout.RECORDS)
                .unitBits(items.stream().map(Item::of).toList(), LikelihoodModel.NO_PROGRESS);
        int next = 0;
        for (int g = 0; g < groups.size(); g++) {
            assertThat(same.get(g).stream()).isEqualTo(groups.get(g).stream());
            double sum = 0;
            for (int i = 0; i < groups.get(g).size(); i++) {
                assertThat(bits.get(next)).hasSize(items.get(next).length + 1);
                sum += Estimate.total(bits.get(next++));
            }
            assertThat(8.0 * groups.get(g).stream().length).isBetween(sum, 1.001 * sum + 24);
        }
        for (RecordCoder decoder : List.of(coder, plain)) {
            assertThat(decoder.decode(groups, LikelihoodModel.NO_PROGRESS).stream()
                            .flatMap(of -> Stream.of(of.orElseThrow())))
                    .containsExactlyElementsOf(items);
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void damagedGroupsAreFoundAndEnd(Case given) {
        LikelihoodModel model = given.model().open(2);
        List<int[]> items = records(model.space());
        int most = items.stream().mapToInt(item -> item.length).max().orElseThrow();
        RecordCoder coder = model.records().orElseThrow();
        List<RecordGroup> groups = groups(items, coder.encode(items, LikelihoodModel.NO_PROGRESS), most);
        Random random = new Random(4);
        List<RecordGroup> damaged = new ArrayList<>();
        for (RecordGroup group : groups) {
            byte[] stream = group.stream().clone();
            stream[random.nextInt(stream.length)] ^= (byte) (1 << random.nextInt(8));
            damaged.add(RecordGroup.coded(new byte[group.size()][0], most, stream));
            damaged.add(group);
        }
        List<Optional<int[][]>> back = coder.decode(damaged, LikelihoodModel.NO_PROGRESS);
        int accepted = 0;
        for (int g = 0; g < back.size(); g += 2) {
            accepted += back.get(g).isPresent() ? 1 : 0;
            assertThat(back.get(g + 1)).isPresent();
        }
        assertThat(accepted).isLessThanOrEqualTo(1); // the check has at least 7 bits
        // One that goes on for longer than the frame says.
        int longest = IntStream.range(0, items.size())
                .filter(k -> items.get(k).length == most)
                .findFirst()
                .orElseThrow();
        List<int[]> one = items.subList(longest, longest + 1);
        List<RecordCoder.Symbols> symbols = coder.encode(one, LikelihoodModel.NO_PROGRESS);
        assertThat(coder.decode(
                        List.of(group(one, symbols, most), group(one, symbols, most - 1)), LikelihoodModel.NO_PROGRESS))
                .satisfiesExactly(whole -> assertThat(whole).isPresent(), cut -> assertThat(cut)
                        .isEmpty());
    }

    @ParameterizedTest
    @MethodSource("models")
    void archivesOfRecordsKeepNoLengths(Case given) throws Exception {
        Path file = folder.resolve("model.safetensors");
        try (OutputStream out = Files.newOutputStream(file)) {
            ModelFile.write(given.model(), Type.F32, out);
        }
        Model back = Models.read(file);
        assertThat(back.id()).isEqualTo(given.model().id());
        assertThat(back.definitionJson())
                .isEqualTo(given.model().definitionJson())
                .contains("\"terminated\":true");
        LikelihoodModel model = back.open(2);
        List<int[]> items = records(model.space());
        Path archive = folder.resolve("records.ardm");
        try (ItemArchiveWriter writer = ItemArchiveWriter.create(archive, model, model.plan(1), ItemLayout.RECORDS)) {
            for (int[] item : items) {
                writer.add(Item.of(item));
            }
            writer.commit();
        }
        try (ItemArchive reader = ItemArchive.open(archive, model)) {
            assertThat(reader.get(0, items.size()).toArray()).isEqualTo(items.toArray());
            assertThat(reader.get(7)).isEqualTo(items.get(7));
        }
    }

    /** Of two values: all records of up to three values, and all beginnings of four, add up to 1; and drawn records are as frequent. */
    @ParameterizedTest
    @MethodSource("smallest")
    void recordsAreADistributionAndSamplesFollowIt(Case given) {
        LikelihoodModel model = given.model().open(2);
        List<Item> items = new ArrayList<>();
        for (int length = 0; length <= 4; length++) {
            for (int bits = 0; bits < 1 << length; bits++) {
                int of = bits;
                items.add(
                        Item.of(IntStream.range(0, length).map(i -> of >> i & 1).toArray()));
            }
        }
        List<double[]> each =
                model.scorer(model.plan(1), ItemLayout.RECORDS).unitBits(items, LikelihoodModel.NO_PROGRESS);
        Map<String, Double> expected = new TreeMap<>();
        double sum = 0;
        for (int k = 0; k < items.size(); k++) {
            double[] bits = each.get(k);
            double probability = Math.pow(2, -Estimate.total(bits.length <= 4 ? bits : Arrays.copyOf(bits, 4)));
            expected.put(Arrays.toString(items.get(k).values()), probability);
            sum += probability;
        }
        assertThat(sum).isCloseTo(1, within(1e-9));
        int count = 1500;
        Map<String, Integer> drawn = new TreeMap<>();
        List<PartialItem> unknown = Collections.nCopies(count, PartialItem.unknown(4));
        for (Item item : model.generator(model.plan(1), ItemLayout.sequences(0, 0), 1)
                .generate(unknown, 0, 9, LikelihoodModel.NO_PROGRESS::accept)) {
            drawn.merge(Arrays.toString(item.values()), 1, Integer::sum);
        }
        assertThat(expected.keySet()).containsAll(drawn.keySet());
        expected.forEach((values, probability) -> assertThat((double) drawn.getOrDefault(values, 0))
                .as(values)
                .isCloseTo(count * probability, within(5 * Math.sqrt(count * probability * (1 - probability)) + 1e-6)));
    }

    static Stream<Case> smallest() {
        return of(space(2, 2));
    }

    @ParameterizedTest
    @MethodSource("models")
    void beginningsAreContinuedUntilTheEnd(Case given) {
        LikelihoodModel model = given.model().open(2);
        int most = 5 * model.space().dimensions();
        List<PartialItem> partial = new ArrayList<>();
        for (int k = 0; k < 12; k++) {
            int[] values =
                    records(space(most / 4, model.space().maxCategories())).get(0);
            boolean[] known = new boolean[most];
            Arrays.fill(known, 0, k % 4 * most / 5, true);
            partial.add(new PartialItem(Item.of(Arrays.copyOf(values, most)), known, k % 3 > 0));
        }
        var generator = model.generator(model.plan(1), ItemLayout.sequences(1, 0), 1);
        List<Item> filled = generator.generate(partial, 0, 3, LikelihoodModel.NO_PROGRESS::accept);
        for (int k = 0; k < 12; k++) {
            PartialItem of = partial.get(k);
            int beginning = k % 4 * most / 5;
            int[] values = filled.get(k).values();
            model.space().checkValues(values);
            assertThat(Arrays.copyOf(values, beginning))
                    .isEqualTo(Arrays.copyOf(of.item().values(), beginning));
            assertThat(values.length).isBetween(of.open() || beginning == 0 ? beginning : most, most);
            assertThat(given.model()
                            .open(1)
                            .generator(model.plan(1), ItemLayout.sequences(1, 0), 1)
                            .generate(List.of(of), k, 3, LikelihoodModel.NO_PROGRESS::accept)
                            .get(0)
                            .values())
                    .isEqualTo(values);
        }
        boolean[] gap = {true, false, true};
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        generator.generate(List.of(new PartialItem(Item.of(new int[3]), gap, true)), 0, 1, done -> {}))
                .withMessageContaining("can only continue a beginning");
        int end = model.space().maxCategories();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> generator.generate(
                        List.of(new PartialItem(Item.of(new int[] {end, 0}), new boolean[] {true, false}, true)),
                        0,
                        1,
                        done -> {}))
                .withMessage("value " + end + " at position 0 is outside [0, " + end + ")");
    }

    @Test
    void definitionsThatAreNoneAreRefused() {
        Space whole = MaskingDefinition.withEnd(space(6, 7));
        var agnostic = new OrderAgnostic(whole);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MaskingDefinition(
                        1, agnostic, OutputDistribution.of(agnostic), TRANSFORMER, "", true, null))
                .withMessageContaining("one value after the other");
        var causal = new Autoregressive(whole, false);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MaskingDefinition(1, causal, new LogisticMixture(2, 1), DILATED, "", true, null))
                .withMessageContaining("categorical");
        NetworkConfig told = new TransformerConfig(2, 12, 3, 20, 0, 0).withEnds(true);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MaskingDefinition(1, causal, OutputDistribution.of(causal), told, "", true, null)
                        .buildNetwork())
                .withMessageContaining("not be told where they end");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MaskingDefinition.withEnd(Space.image(2, 2, 1, 4)))
                .withMessageContaining("only sequences");
        LikelihoodModel model = model(space(6, 7), DILATED).open(1);
        assertThat(model.verbs()).containsExactlyInAnyOrder(Verb.SAMPLE, Verb.FILL, Verb.SCORE, Verb.COMPRESS);
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> model.records().orElseThrow().encode(List.of(new int[] {7}), LikelihoodModel.NO_PROGRESS))
                .withMessageContaining("outside [0, 7)");
    }
}

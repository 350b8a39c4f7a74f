package dev.ardm.core.masking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ardm.core.RandomStream;
import dev.ardm.core.RandomStream.Purpose;
import dev.ardm.core.Space;
import dev.ardm.core.TinyModels;
import dev.ardm.core.masking.call.Call;
import dev.ardm.core.masking.call.Policy;
import dev.ardm.core.masking.output.Digits;
import dev.ardm.core.masking.output.LogisticMixture;
import dev.ardm.core.masking.output.OutputDistribution;
import dev.ardm.core.masking.plan.MaskingPlan;
import dev.ardm.core.masking.plan.Schedule;
import dev.ardm.core.masking.process.Autoregressive;
import dev.ardm.core.masking.process.Given;
import dev.ardm.core.masking.process.OrderAgnostic;
import dev.ardm.core.masking.process.Process;
import dev.ardm.core.masking.process.Upscale;
import dev.ardm.core.model.DefinitionJson;
import dev.ardm.core.model.Estimate;
import dev.ardm.core.model.Estimator;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.LikelihoodModelSuite;
import dev.ardm.core.network.CausalConfig;
import dev.ardm.core.network.CausalConfig.Block;
import dev.ardm.core.network.NetworkConfig;
import dev.ardm.core.network.UNetConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds of models holds of every process and output distribution; and what holds of masking models only. */
class EveryProcessTest extends LikelihoodModelSuite {
    private static final UNetConfig UNET = TinyModels.config();
    private static final UNetConfig INTERPOLATING =
            new UNetConfig(List.of(8, 16), List.of(1, 1), List.of(1), List.of(false, true), 2, 4, 4, 8, 16, 0, true);

    private static Process upscale(Space space, int branching) {
        return new Upscale(space, branching, Given.NOTHING);
    }

    /** With a tree in which neighbours by number are far apart; of an odd number of values without order. */
    private static Upscale tree(Space space, int branching) {
        int categories = space.maxCategories();
        int[] leaves = IntStream.range(0, categories)
                .map(value -> (2 * value + 1) % categories)
                .toArray();
        Space nominal = Space.of(space.shape(), categories, Space.Scale.NOMINAL);
        return new Upscale(nominal, branching, Given.NOTHING, leaves);
    }

    private static Process pixels(Space space) {
        return new OrderAgnostic(space, space.extent(2), Given.NOTHING);
    }

    private static final CausalConfig CAUSAL = new CausalConfig(
            8,
            2,
            2,
            2,
            false,
            true,
            List.of(
                    Block.convolution(1, 1),
                    new Block(1, 1, 2, 6, true, true),
                    Block.pointwise(),
                    new Block(0, 1, 1, 9, false, false)));

    private static MaskingDefinition definition(Process process, OutputDistribution output, NetworkConfig config) {
        return new MaskingDefinition(process, output, config, "");
    }

    private static List<Case> cases(Space space, Space sequence) {
        Process agnostic = new OrderAgnostic(space);
        Upscale base3 = new Upscale(space, 3, Given.NOTHING);
        Upscale base2 = new Upscale(sequence, 2, Given.NOTHING);
        Upscale tree = tree(sequence, 2);
        int channels = space.extent(2);
        List<MaskingDefinition> definitions = List.of(
                definition(base3, OutputDistribution.of(base3), UNET),
                definition(base3, new Digits(base3.stages(), 3), UNET),
                definition(base3, new LogisticMixture(3, 1), INTERPOLATING),
                definition(agnostic, new LogisticMixture(3, 1), INTERPOLATING),
                definition(agnostic, OutputDistribution.of(agnostic), INTERPOLATING),
                definition(pixels(space), new LogisticMixture(2, channels), UNET),
                definition(pixels(space), new LogisticMixture(2, channels), INTERPOLATING),
                definition(new Autoregressive(space, false, channels), new LogisticMixture(2, channels), CAUSAL),
                new MaskingDefinition(base2, OutputDistribution.of(base2), TinyModels.transformerConfig(), ""),
                new MaskingDefinition(base2, new Digits(base2.stages(), 2), TinyModels.transformerConfig(), ""),
                new MaskingDefinition(base2, new LogisticMixture(2, 1), TinyModels.transformerConfig(), ""),
                new MaskingDefinition(
                        base2,
                        OutputDistribution.of(base2),
                        TinyModels.transformerConfig().withEnds(true),
                        ""),
                definition(tree(space, 3), OutputDistribution.of(tree(space, 3)), UNET),
                definition(tree, new Digits(tree.stages(), 2), TinyModels.transformerConfig()),
                definition(
                        tree,
                        OutputDistribution.of(tree),
                        TinyModels.transformerConfig().withEnds(true)));
        List<Case> cases = new ArrayList<>();
        for (MaskingDefinition definition : definitions) {
            String name = definition.process().getClass().getSimpleName() + ", "
                    + definition.output() + ", "
                    + definition.network().getClass().getSimpleName()
                    + (definition.network().equals(INTERPOLATING) ? " interpolating" : "")
                    + (definition.process() instanceof Upscale upscale && upscale.hasTree() ? ", tree" : "");
            cases.add(new Case(name, TinyModels.random(definition, definitions.indexOf(definition))));
        }
        return cases;
    }

    @Override
    protected Stream<Case> models() {
        Case wide = new Case(
                "two symbols a value",
                TinyModels.random(
                        definition(
                                new OrderAgnostic(Space.image(3, 2, 1, 5000)),
                                new LogisticMixture(3, 1),
                                INTERPOLATING),
                        3));
        MaskingDefinition grey = definition(
                new Autoregressive(Space.image(4, 5, 1, 7), false),
                OutputDistribution.of(new Autoregressive(Space.image(4, 5, 1, 7), false)),
                CAUSAL);
        return Stream.concat(
                cases(Space.image(3, 2, 3, 11), Space.of(new int[] {7}, 13, Space.Scale.ORDERED)).stream(),
                Stream.of(wide, new Case("grey, causal", TinyModels.random(grey, 4))));
    }

    /** Two variables, so that all items can be enumerated. */
    @Override
    protected Stream<Case> tinyModels() {
        return cases(Space.image(1, 1, 2, 5), Space.of(new int[] {2}, 5, Space.Scale.ORDERED)).stream();
    }

    @Override
    protected List<MaskingPlan> plans(LikelihoodModel model) {
        Process process = MaskingModel.of(model).process();
        return process.causal() ? causalPlans(MaskingModel.of(model)) : plans(process);
    }

    private static List<MaskingPlan> causalPlans(MaskingModel model) {
        return List.of(
                MaskingPlan.wavefront(model.network().slope(), model.process()),
                MaskingPlan.wavefront(5, model.process()),
                MaskingPlan.natural(Schedule.full(model.process().steps())));
    }

    @Override
    protected MaskingPlan exactPlan(LikelihoodModel model) {
        if (MaskingModel.of(model).process().causal()) {
            return causalPlans(MaskingModel.of(model)).get(0);
        }
        return MaskingPlan.random(
                3, Schedule.full(MaskingModel.of(model).process().steps()));
    }

    @Override
    protected boolean[] known(LikelihoodModel model) {
        boolean[] known = new boolean[model.space().dimensions()];
        if (MaskingModel.of(model).process().causal()) {
            Arrays.fill(known, 0, known.length / 3, true);
            return known;
        }
        for (int i = 0; i < known.length; i++) {
            known[i] = i / MaskingModel.of(model).process().unitSize() % 3 != 0;
        }
        return known;
    }

    private static List<MaskingPlan> plans(Process process) {
        int stages = process.stages();
        int units = process.generatedUnits();
        return List.of(
                MaskingPlan.spread(Schedule.even(stages, units, 3 * stages)),
                MaskingPlan.random(5, Schedule.full(stages * units)),
                MaskingPlan.natural(Schedule.even(stages, units, stages)));
    }

    @Test
    void aPixelIsKnownAsAWhole() {
        Space space = Space.image(2, 2, 3, 5);
        ArdmModel model =
                new ArdmModel(TinyModels.random(definition(pixels(space), new LogisticMixture(2, 3), UNET), 1), 1);
        boolean[] known = new boolean[12];
        known[4] = true;
        assertThatThrownBy(() -> model.fill(
                        TinyModels.items(space, 1, 1),
                        List.of(known),
                        plans(model.process()).get(0),
                        1,
                        ArdmModel.NO_PROGRESS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("position 1 is known in part only");
    }

    /** Those that are generated in any order: there are others to average over. */
    Stream<Case> modelsOfAnyOrder() {
        return tinyModels()
                .filter(given -> !MaskingModel.of(given.model()).process().causal());
    }

    /** Averages over all steps and sets of a space small enough to enumerate them: what each step and set costs. */
    @ParameterizedTest
    @MethodSource("modelsOfAnyOrder")
    void theMonteCarloBoundIsUnbiased(Case given) {
        ArdmModel model = new ArdmModel(MaskingModel.of(given.model()), 1);
        Process process = model.process();
        List<int[]> items = TinyModels.items(model.space(), 10, 7);
        double exact = 0;
        // Both orders, one variable a call: their mean is the bound.
        for (long seed : seedsOfBothOrders(process)) {
            exact += model.estimator(
                                    Estimator.PLAN,
                                    MaskingPlan.random(
                                            seed,
                                            Schedule.full(MaskingModel.of(model)
                                                    .process()
                                                    .steps())),
                                    1)
                            .measureValues(items, 0, ArdmModel.NO_PROGRESS)
                            .bitsPerDimension()
                    / 2;
        }
        Estimate estimate =
                model.estimator(Estimator.BOUND, model.plan(1), 500).measureValues(items, 5, ArdmModel.NO_PROGRESS);
        assertThat(estimate.bitsPerDimension()).isCloseTo(exact, within(0.02 + 0.02 * exact));
    }

    private static long[] seedsOfBothOrders(Process process) {
        int first = MaskingPlan.random(0, Schedule.full(process.steps()))
                .order(process)
                .position(0);
        long seed = 1;
        while (process.units() > 1
                && MaskingPlan.random(seed, Schedule.full(process.steps()))
                                .order(process)
                                .position(0)
                        == first) {
            seed++;
        }
        return new long[] {0, seed};
    }

    @Test
    void conditionalModelsCompleteButDoNotArchive() {
        Space space = Space.image(2, 3, 1, 7);
        Process process = new OrderAgnostic(space, 1, Given.prefix(3));
        ArdmModel model =
                new ArdmModel(TinyModels.random(definition(process, OutputDistribution.of(process), UNET), 1), 1);
        List<int[]> items = TinyModels.items(space, 2, 1);
        MaskingPlan plan = MaskingPlan.spread(Schedule.even(3, 2));
        assertThatThrownBy(() -> model.encode(items, plan, ArdmModel.NO_PROGRESS))
                .hasMessageContaining("conditional");
        assertThatThrownBy(() -> model.decode(List.of(new byte[] {1}), plan, ArdmModel.NO_PROGRESS))
                .hasMessageContaining("conditional");
        assertThatThrownBy(() -> model.codec(plan)).hasMessageContaining("conditional");
        assertThatThrownBy(() -> model.sample(1, plan, 1, ArdmModel.NO_PROGRESS))
                .hasMessageContaining("conditional");
        boolean[] known = new boolean[6];
        Arrays.fill(known, 0, 2, true);
        assertThatThrownBy(() -> model.fill(items, List.of(known, known), plan, 1, ArdmModel.NO_PROGRESS))
                .hasMessageContaining("position 2 must be known");
        known[2] = true;
        List<int[]> filled = model.fill(items, List.of(known, known), plan, 1, ArdmModel.NO_PROGRESS);
        for (int k = 0; k < 2; k++) {
            assertThat(Arrays.copyOf(filled.get(k), 3)).isEqualTo(Arrays.copyOf(items.get(k), 3));
        }
        // Likelihoods are of what is generated, given the rest: over all of that they sum to 1.
        double sum = 0;
        int[] item = items.get(0).clone();
        for (int number = 0; number < 343; number++) {
            item[3] = number / 49;
            item[4] = number / 7 % 7;
            item[5] = number % 7;
            sum += Math.pow(
                    2,
                    -3
                            * model.estimator(Estimator.PLAN, plan, 1)
                                    .measureValues(List.of(item), 0, ArdmModel.NO_PROGRESS)
                                    .bitsPerDimension());
        }
        assertThat(sum).isCloseTo(1, within(1e-9));
    }

    /** Ids are computed over these texts, for ever. */
    @Test
    void definitionsStayAsTheyAre() throws Exception {
        Space space = Space.image(4, 3, 3, 11);
        String rest = "\"space\":{\"shape\":[4,3,3],\"categories\":[11],\"scale\":\"ordered\"},";
        String network = "\"network\":{\"kind\":\"unet\",\"channels\":[8,16],\"blocks_down\":[1,1],\"blocks_up\":[1],"
                + "\"attention\":[false,true],\"heads\":2,\"groups\":4,\"embedding\":4,\"time\":8,\"head\":16,"
                + "\"dropout\":0.0";
        Process conditional = new OrderAgnostic(space, 1, new Given(List.of(7, 2)));
        record Expected(MaskingDefinition definition, String json) {}
        for (Expected expected : List.of(
                new Expected(
                        definition(upscale(space, 3), new Digits(3, 3), UNET),
                        "{\"arithmetic\":1,\"process\":{\"kind\":\"upscale\",\"branching\":3}," + rest
                                + "\"output\":{\"kind\":\"digits\",\"stages\":3,\"branching\":3}," + network + "}}"),
                new Expected(
                        definition(upscale(space, 3), OutputDistribution.of(upscale(space, 3)), UNET),
                        "{\"arithmetic\":1,\"process\":{\"kind\":\"upscale\",\"branching\":3}," + rest + network
                                + "}}"),
                new Expected(
                        definition(tree(space, 3), OutputDistribution.of(tree(space, 3)), UNET),
                        "{\"arithmetic\":1,\"process\":{\"kind\":\"upscale\",\"branching\":3,"
                                + "\"tree\":[1,3,5,7,9,0,2,4,6,8,10]},"
                                + rest.replace("ordered", "nominal") + network + "}}"),
                new Expected(
                        definition(pixels(space), new LogisticMixture(2, 3), INTERPOLATING),
                        "{\"arithmetic\":1,\"process\":{\"kind\":\"order-agnostic\",\"unit\":3}," + rest
                                + "\"output\":{\"kind\":\"logistic-mixture\",\"components\":2,\"channels\":3},"
                                + network + ",\"interpolation\":true}}"),
                new Expected(
                        new MaskingDefinition(
                                conditional, OutputDistribution.of(conditional), UNET, "{\"b\":1,\"a\":[2]}"),
                        "{\"arithmetic\":1,\"process\":{\"kind\":\"order-agnostic\",\"unit\":1,\"given\":[2,7]}," + rest
                                + network + "},\"data\":{\"b\":1,\"a\":[2]}}"))) {
            assertThat(expected.definition().json()).isEqualTo(expected.json());
            assertThat(MaskingDefinition.read(DefinitionJson.JSON.readTree(expected.json())))
                    .isEqualTo(expected.definition());
        }
        for (String[] wrong : new String[][] {
            {"\"order-agnostic\"", "\"magic\""},
            {"\"order-agnostic\"", "{\"kind\":\"upscale\",\"branching\":1}"},
            {"\"order-agnostic\"", "{\"kind\":\"upscale\",\"branching\":2,\"tree\":[1,0,2,3,4,5,6,7,8,9,10]}"},
            {"\"order-agnostic\"", "{\"kind\":\"order-agnostic\",\"unit\":2}"},
            {"\"order-agnostic\"", "{\"kind\":\"order-agnostic\",\"given\":[99]}"},
            {"\"network\"", "\"output\":{\"kind\":\"magic\"},\"network\""},
            {"\"network\"", "\"output\":{\"kind\":\"digits\"},\"network\""},
            {"\"network\"", "\"output\":{\"kind\":\"logistic-mixture\",\"components\":2,\"channels\":9},\"network\""}
        }) {
            String json = ("{\"arithmetic\":1,\"process\":\"order-agnostic\"," + rest + network + "}}")
                    .replace(wrong[0], wrong[1]);
            assertThatThrownBy(() -> MaskingDefinition.read(DefinitionJson.JSON.readTree(json))
                            .buildNetwork())
                    .as(json)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    /** Nothing of an item may reach the network before it is told, whatever stage it is in. */
    @ParameterizedTest
    @MethodSource("models")
    void distributionsDoNotDependOnWhatIsNotYetTold(Case given) throws Exception {
        ArdmModel model = new ArdmModel(MaskingModel.of(given.model()), 1);
        Process process = model.process();
        Generation generation = model.evaluator().generation(1);
        RandomStream random = RandomStream.of(4, Purpose.TEST, 0);
        for (int stage = 0; stage < process.stages(); stage++) {
            boolean[] known = new boolean[process.units()];
            int[] units = new int[process.units()];
            for (int unit = 0; unit < units.length; unit++) {
                known[unit] = random.nextInt(2) == 0;
                units[unit] = unit;
            }
            int[] item = TinyModels.items(model.space(), 1, 3).get(0);
            int[] other = item.clone();
            for (int i = 0; i < other.length; i++) {
                int done = stage + (known[i / process.unitSize()] ? 1 : 0);
                int least = process.coarse(item[i], done);
                int most = Math.min(least + process.width(done), model.space().categories(i));
                other[i] = process.valueOf(least + random.nextInt(most - least));
            }
            Policy.Step all = new Policy.Step(stage, units);
            Call call = generation.call(item, known, all);
            Call same = generation.call(other, known, all);
            assertThat(same.nats(item)).isEqualTo(call.nats(item));
            assertThat(same.nats(other)).isEqualTo(call.nats(other));
        }
    }
}

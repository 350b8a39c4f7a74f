package dev.ardm.reference;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.ardm.coding.format.ArchiveHeader;
import dev.ardm.coding.format.ArchivedItem;
import dev.ardm.coding.format.ItemLabel;
import dev.ardm.coding.internal.read.ArchiveReader;
import dev.ardm.coding.internal.write.ArchiveWriter;
import dev.ardm.core.Space;
import dev.ardm.core.TinyModels;
import dev.ardm.core.family.Models;
import dev.ardm.core.masking.MaskingDefinition;
import dev.ardm.core.masking.MaskingModel;
import dev.ardm.core.masking.engine.ItemEngine;
import dev.ardm.core.masking.network.Network;
import dev.ardm.core.masking.network.NetworkInput;
import dev.ardm.core.masking.output.Digits;
import dev.ardm.core.masking.output.LogisticMixture;
import dev.ardm.core.masking.output.OutputDistribution;
import dev.ardm.core.masking.plan.MaskingPlan;
import dev.ardm.core.masking.plan.Schedule;
import dev.ardm.core.masking.process.CategoryTree;
import dev.ardm.core.masking.process.Given;
import dev.ardm.core.masking.process.OrderAgnostic;
import dev.ardm.core.masking.process.Process;
import dev.ardm.core.masking.process.Upscale;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.SafeTensors;
import dev.ardm.core.network.Layer;
import dev.ardm.core.network.NetworkConfig;
import dev.ardm.core.network.TransformerConfig;
import dev.ardm.core.network.UNetConfig;
import dev.ardm.core.network.Weights;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The decoder written from the documents and the one that people run agree: on every logit, every item and every byte of an
 * archive.
 */
@Tag("slow")
class ReferenceDecoderTest {
    private static final Path MNIST =
            Path.of(System.getProperty("basedir", ".")).resolve("../models/mnist-unet");

    @TempDir
    private Path folder;

    /** With {@code -Dardm.reference.all=true} on all items, which takes minutes. */
    @Test
    void theyAgreeOnTheGoldenArchive() throws IOException {
        Path archive = MNIST.resolve("golden-100.ardm");
        Path modelFile = MNIST.resolve("model.safetensors");
        ReferenceDecoder reference = ReferenceDecoder.open(archive, modelFile);
        LikelihoodModel model = MaskingModel.of(Models.read(modelFile)).open(1);
        for (int k = 0; k < reference.size(); k++) {
            assertThat(reference.inDamagedFrame(k)).isFalse();
        }
        try (ArchiveReader reader = ArchiveReader.open(archive)) {
            byte[] planBytes = reader.header().plan();
            MaskingPlan plan =
                    MaskingPlan.fromBytes(planBytes, MaskingModel.of(model).process());
            ReferenceWriter writer = new ReferenceWriter(ReferenceModel.read(Files.readAllBytes(modelFile)), planBytes);
            assertThat(reference.size()).isEqualTo(reader.size()).isEqualTo(100);
            boolean all = Boolean.getBoolean("ardm.reference.all");
            for (int k : all ? IntStream.range(0, 100).toArray() : new int[] {0, 57}) {
                int[] item = model.decode(List.of(reader.item(k).stream()), plan, LikelihoodModel.NO_PROGRESS)
                        .get(0)
                        .orElseThrow();
                assertThat(reference.item(k)).as("item %d", k).isEqualTo(item);
                if (all || k == 57) {
                    assertThat(writer.coded(item)).as("item %d", k).isEqualTo(reader.item(k).stream());
                }
            }
        }
    }

    @Test
    void theyAgreeOnImagesOfOneChannel() throws IOException {
        Space space = Space.image(11, 13, 1, 5);
        check(TinyModels.random(space, 1), MaskingPlan.spread(Schedule.even(143, 9)), SafeTensors.Type.F32);
    }

    @Test
    void theyAgreeOnImagesOfSeveralChannelsInTheSpreadOrder() throws IOException {
        Space space = Space.image(9, 6, 4, 7);
        check(
                TinyModels.random(space, 2),
                MaskingPlan.spread(Schedule.of(new int[] {0, 1, 5, 50, 200}, 216)),
                SafeTensors.Type.F32);
    }

    @Test
    void theyAgreeOnRandomOrdersAndSmallWeights() throws IOException {
        Space space = Space.image(5, 8, 3, 300);
        MaskingModel wide = TinyModels.random(space, 3);
        MaskingModel model = new MaskingModel(
                space, wide.config(), wide.weights().map(SafeTensors.Type.F16::round), Map.of(), Map.of());
        check(model, MaskingPlan.random(0x9876_5432_1FED_CBA9L, Schedule.even(120, 11)), SafeTensors.Type.F16);
    }

    @Test
    void theyAgreeOnTheSmallestItem() throws IOException {
        check(
                TinyModels.random(Space.image(1, 1, 1, 2), 4),
                MaskingPlan.spread(Schedule.full(1)),
                SafeTensors.Type.F32);
    }

    /** Another structure: three levels, no attention or attention at the top, uneven numbers of blocks. */
    @Test
    void theyAgreeOnOtherNetworks() throws IOException {
        Space space = Space.image(10, 7, 2, 4);
        for (boolean top : new boolean[] {false, true}) {
            UNetConfig config = new UNetConfig(
                    List.of(4, 8, 24), List.of(1, 0, 2), List.of(0, 2), List.of(top, false, top), 4, 2, 3, 2, 6, 0.25);
            check(
                    new MaskingModel(space, config, weights(space, config, 5), Map.of(), Map.of()),
                    MaskingPlan.random(-1, Schedule.even(140, 6)),
                    SafeTensors.Type.F32);
        }
        UNetConfig flat = new UNetConfig(List.of(8), List.of(1), List.of(), List.of(true), 1, 8, 2, 4, 8, 0);
        check(
                new MaskingModel(space, flat, weights(space, flat, 5), Map.of(), Map.of()),
                MaskingPlan.spread(Schedule.even(140, 6)),
                SafeTensors.Type.F32);
    }

    /** An untrained network, whose logits are all equal, and one whose variances are no larger than what is added to them. */
    @Test
    void theyAgreeOnUnusualNumbers() throws IOException {
        Space space = Space.image(10, 7, 2, 13);
        UNetConfig config = TinyModels.config();
        Weights weights = weights(space, config, 5);
        for (String name : List.of("in.value.weight", "in.value.bias", "in.embedded.weight", "in.embedded.bias")) {
            float[] small = weights.get(name).clone();
            for (int i = 0; i < small.length; i++) {
                small[i] *= 0.003f;
            }
            weights = weights.with(name, small);
        }
        for (Weights each : List.of(weights, Weights.initial(Network.of(config, space), 6))) {
            check(
                    new MaskingModel(space, config, each, Map.of(), Map.of()),
                    MaskingPlan.spread(Schedule.even(140, 6)),
                    SafeTensors.Type.F32);
        }
    }

    /** Extents, categories, scales, sizes of the network, types of weights, orders and schedules as they come. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
    void theyAgreeOnWhateverComes(int seed) throws IOException {
        Random random = new Random(seed);
        int[] shape = {1 + random.nextInt(11), 1 + random.nextInt(11), 1 + random.nextInt(3)};
        int categories = random.nextInt(4) == 0 ? 2 + random.nextInt(400) : 2 + random.nextInt(9);
        Space space = Space.of(shape, categories, random.nextBoolean() ? Space.Scale.ORDERED : Space.Scale.NOMINAL);
        UNetConfig config = config(random);
        SafeTensors.Type type = random.nextBoolean() ? SafeTensors.Type.F32 : SafeTensors.Type.F16;
        Weights weights = weights(space, config, seed).map(type::round);
        Schedule schedule = schedule(random, space.dimensions());
        check(
                new MaskingModel(space, config, weights, Map.of(), Map.of()),
                seed % 2 == 0 ? MaskingPlan.spread(schedule) : MaskingPlan.random(random.nextLong(), schedule),
                type);
    }

    /** Transformers on sequences, images and whatever else has axes. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void theyAgreeOnTransformers(int seed) throws IOException {
        Random random = new Random(100 + seed);
        int[] shape = IntStream.range(0, 1 + seed % 4)
                .map(axis -> 1 + random.nextInt(seed % 4 == 0 ? 60 : 6))
                .toArray();
        Space space = Space.of(
                shape,
                2 + random.nextInt(seed % 5 == 0 ? 300 : 30),
                random.nextBoolean() ? Space.Scale.ORDERED : Space.Scale.NOMINAL);
        int heads = 1 + random.nextInt(4);
        TransformerConfig config = new TransformerConfig(
                1 + random.nextInt(3),
                heads * (1 + random.nextInt(9)),
                heads,
                1 + random.nextInt(50),
                2 * random.nextInt(5),
                0.1);
        SafeTensors.Type type = random.nextBoolean() ? SafeTensors.Type.F32 : SafeTensors.Type.F16;
        Weights weights = weights(space, config, seed).map(type::round);
        Schedule schedule = schedule(random, space.dimensions());
        check(
                new MaskingModel(space, config, weights, Map.of(), Map.of()),
                seed % 2 == 0 ? MaskingPlan.spread(schedule) : MaskingPlan.random(random.nextLong(), schedule),
                type);
    }

    /** Stages, units, distributions, interpolation and the natural order as they come. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24})
    void theyAgreeOnProcessesAndDistributions(int seed) throws IOException {
        Random random = new Random(200 + seed);
        boolean transformer = seed % 6 == 5;
        int channels = 1 + random.nextInt(4);
        int categories = 2 + random.nextInt(seed % 4 == 0 ? 3000 : 40);
        Space space = transformer
                ? Space.of(new int[] {1 + random.nextInt(9), channels}, categories, Space.Scale.ORDERED)
                : Space.image(1 + random.nextInt(4), 1 + random.nextInt(4), channels, categories);
        int components = 1 + random.nextInt(4);
        Process process;
        OutputDistribution output;
        switch (seed % 6) {
            case 0 -> {
                process = new OrderAgnostic(space, channels, Given.NOTHING);
                output = new LogisticMixture(components, channels);
            }
            case 1 -> {
                process = new OrderAgnostic(space);
                output = random.nextBoolean() ? new LogisticMixture(components, 1) : OutputDistribution.of(process);
            }
            default -> {
                Upscale upscale = new Upscale(space, 2 + random.nextInt(seed % 4 == 0 ? 2000 : 8), Given.NOTHING);
                process = upscale;
                output = switch (random.nextInt(3)) {
                    case 0 -> new LogisticMixture(components, 1);
                    case 1 -> new Digits(upscale.stages(), upscale.branching());
                    default -> OutputDistribution.of(process);
                };
            }
        }
        UNetConfig plain = TinyModels.config();
        NetworkConfig network = transformer
                ? new TransformerConfig(2, 12, 3, 20, seed % 4 == 1 ? 4 : 0, 0)
                : new UNetConfig(
                        plain.channels(),
                        plain.blocksDown(),
                        plain.blocksUp(),
                        plain.attention(),
                        plain.heads(),
                        plain.groups(),
                        plain.embedding(),
                        plain.time(),
                        plain.head(),
                        0,
                        seed % 3 != 0 || random.nextBoolean());
        MaskingModel model = TinyModels.random(new MaskingDefinition(process, output, network, ""), seed);
        int stages = process.stages();
        Schedule schedule = Schedule.even(stages, process.units(), stages + random.nextInt(stages * process.units()));
        check(
                model,
                switch (random.nextInt(3)) {
                    case 0 -> MaskingPlan.spread(schedule);
                    case 1 -> MaskingPlan.random(random.nextLong(), schedule);
                    default -> MaskingPlan.natural(schedule);
                },
                SafeTensors.Type.F32);
    }

    /** Trees of values, learnt from random items or from none. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void theyAgreeOnTrees(int seed) throws IOException {
        Random random = new Random(300 + seed);
        int categories = 6 + random.nextInt(seed % 4 == 0 ? 300 : 30);
        Space space = Space.of(new int[] {2 + random.nextInt(9)}, categories, Space.Scale.NOMINAL);
        Upscale numbers = new Upscale(space, 2 + random.nextInt(4), Given.NOTHING);
        Upscale tree = CategoryTree.learn(numbers, TinyModels.items(space, 50, seed).stream());
        assertThat(tree.hasTree()).isTrue();
        OutputDistribution output =
                random.nextBoolean() ? OutputDistribution.of(tree) : new Digits(tree.stages(), tree.branching());
        TransformerConfig network = new TransformerConfig(2, 12, 3, 20, seed % 2 == 0 ? 4 : 0, 0);
        int stages = tree.stages();
        Schedule schedule = Schedule.even(stages, tree.units(), stages + random.nextInt(stages * tree.units()));
        check(
                TinyModels.random(new MaskingDefinition(tree, output, network, ""), seed),
                seed % 2 == 0 ? MaskingPlan.spread(schedule) : MaskingPlan.random(random.nextLong(), schedule),
                SafeTensors.Type.F32);
    }

    private static UNetConfig config(Random random) {
        int levels = 1 + random.nextInt(3);
        int groups = 1 + random.nextInt(4);
        int heads = 1 << random.nextInt(3);
        List<Integer> channels = new ArrayList<>();
        List<Integer> down = new ArrayList<>();
        List<Integer> up = new ArrayList<>();
        List<Boolean> attention = new ArrayList<>();
        for (int level = 0; level < levels; level++) {
            channels.add((groups == 3 ? 12 : 4) * (1 + random.nextInt(4)));
            down.add(random.nextInt(3));
            attention.add(random.nextBoolean());
            if (level > 0) {
                up.add(random.nextInt(2));
            }
        }
        return new UNetConfig(
                channels,
                down,
                up,
                attention,
                heads,
                groups,
                1 + random.nextInt(6),
                2 + 2 * random.nextInt(6),
                groups * (1 + random.nextInt(4)),
                0.5);
    }

    private static Schedule schedule(Random random, int steps) {
        int calls = 1 + random.nextInt(Math.min(8, steps));
        if (random.nextBoolean()) {
            return Schedule.even(steps, calls);
        }
        int[] starts = IntStream.concat(
                        IntStream.of(0), IntStream.range(1, calls).map(call -> random.nextInt(steps)))
                .sorted()
                .distinct()
                .toArray();
        return Schedule.of(starts, steps);
    }

    /** Random weights. */
    private static Weights weights(Space space, NetworkConfig config, long seed) {
        Random random = new Random(seed);
        Map<String, float[]> values = new LinkedHashMap<>();
        for (Layer layer : Network.of(config, space).layers()) {
            for (Layer.Parameter parameter : layer.parameters()) {
                float[] out = new float[parameter.size()];
                for (int i = 0; i < out.length; i++) {
                    out[i] = (float) (random.nextGaussian() / Math.sqrt(parameter.fanIn()));
                }
                values.put(parameter.name(), out);
            }
        }
        return new Weights(values);
    }

    private void check(MaskingModel model, MaskingPlan plan, SafeTensors.Type type) throws IOException {
        LikelihoodModel production = model.open(1);
        ReferenceModel referenceModel = ReferenceModel.read(Production.modelFile(model, type));
        assertThat(referenceModel.id()).isEqualTo(model.id());
        List<int[]> items = TinyModels.items(model.space(), 5, 1);
        items.addAll(production.sample(15, plan, 2, LikelihoodModel.NO_PROGRESS));
        byte[] archive = Production.archive(folder.resolve("items.ardm"), production, plan, items, true);
        ReferenceDecoder reference = ReferenceDecoder.of(archive, referenceModel);
        assertThat(reference.size()).isEqualTo(items.size());
        for (int k = 0; k < reference.size(); k++) {
            assertThat(reference.inDamagedFrame(k)).isFalse();
        }
        for (int k = 0; k < items.size(); k++) {
            assertThat(reference.item(k)).as("item %d", k).isEqualTo(items.get(k));
            assertThat(reference.name(k).orElse("")).isEqualTo(Production.name(k));
        }
        // The other way round: what the reference writes has the same bytes, so production reads it.
        assertThat(written(referenceModel, plan, items, true)).isEqualTo(archive);
        List<int[]> few = items.subList(0, items.size() / 4);
        assertThat(written(referenceModel, plan, few, false))
                .isEqualTo(Production.archive(folder.resolve("few.ardm"), production, plan, few, false));
        assertThat(written(referenceModel, plan, List.of(), true))
                .isEqualTo(Production.archive(folder.resolve("none.ardm"), production, plan, List.of(), true));
        checkLogits(model, reference, items);
    }

    /** Items that are kept whole, and permissions, as docs/format.md describes them. */
    @Test
    void wholeItemsAndPermissions() throws Exception {
        Random random = new Random(7);
        ArchiveHeader header = new ArchiveHeader(1, new byte[32], new int[] {3}, new int[] {200}, 0, new byte[] {1});
        List<byte[]> whole = new ArrayList<>();
        List<OptionalInt> modes = new ArrayList<>();
        Path file = folder.resolve("whole.ardm");
        try (ArchiveWriter writer = ArchiveWriter.create(file, header, true)) {
            for (int k = 0; k < 2500; k++) {
                byte[] bytes = new byte[k % 3 == 0 ? random.nextInt(60) : 0];
                random.nextBytes(bytes);
                whole.add(bytes);
                modes.add(k / 100 % 3 == 0 ? OptionalInt.empty() : OptionalInt.of(random.nextInt(2) + 0640));
                writer.add(
                        k % 3 == 0
                                ? ArchivedItem.whole(bytes)
                                : ArchivedItem.stored(new byte[0], new int[0], new int[] {k % 200, 0, 199}),
                        ItemLabel.named("n" + k).permitted(modes.get(k)));
            }
            writer.commit();
        }
        byte[] bytes = Files.readAllBytes(file);
        ReferenceArchive reference = new ReferenceArchive(bytes);
        assertThat(reference.items()).isEqualTo(whole.size());
        for (int k = 0; k < whole.size(); k++) {
            assertThat(reference.mode(k)).isEqualTo(modes.get(k).orElse(-1));
            assertThat(reference.isWhole(k)).isEqualTo(k % 3 == 0);
            if (k % 3 == 0) {
                assertThat(reference.wholeItem(k)).isEqualTo(whole.get(k));
            } else {
                assertThat(reference.storedItem(k)).containsExactly(k % 200, 0, 199);
            }
        }
        try (ArchiveReader reader = ArchiveReader.open(file)) {
            for (int k = 0; k < whole.size(); k++) {
                assertThat(reader.label(k)).isEqualTo(ItemLabel.named("n" + k).permitted(modes.get(k)));
                assertThat(reader.item(k).whole()).isEqualTo(k % 3 == 0 ? whole.get(k) : null);
            }
        }
    }

    private static byte[] written(ReferenceModel model, MaskingPlan plan, List<int[]> items, boolean names)
            throws IOException {
        int[] starts = plan.schedule().starts();
        ReferenceWriter writer = new ReferenceWriter(
                model,
                switch (plan.kind()) {
                    case SPREAD -> ReferenceWriter.spread(starts);
                    case RANDOM -> ReferenceWriter.random(plan.seed(), starts);
                    case NATURAL -> ReferenceWriter.natural(starts);
                    case WAVEFRONT -> throw new IllegalStateException("not in the reference yet");
                });
        for (int k = 0; k < items.size(); k++) {
            String name = names ? Production.name(k) : "";
            if (Production.stored(k)) {
                writer.addStored(items.get(k), name);
            } else {
                writer.addCoded(items.get(k), name);
            }
        }
        return writer.toBytes();
    }

    /** All logits, bit by bit, with none, some and all of the values known. */
    private static void checkLogits(MaskingModel model, ReferenceDecoder reference, List<int[]> items) {
        ItemEngine engine = new ItemEngine(model.network(), model.weights());
        Process process = model.process();
        int[] all = IntStream.range(0, process.units()).toArray();
        Random random = new Random(9);
        for (int k = 0; k < 4; k++) {
            boolean[] known = new boolean[model.space().dimensions()];
            for (int unit = 0; unit < all.length; unit++) {
                int first = unit * process.unitSize();
                Arrays.fill(known, first, first + process.unitSize(), random.nextInt(3) < k);
            }
            int[] item = items.get(k);
            int stage = k % process.stages();
            NetworkInput input = new NetworkInput(process, 1, item, known, new int[] {stage}, null);
            assertThat(bits(reference.outputs(item, known, stage)))
                    .isEqualTo(bits(engine.worker().logits(input, all)));
        }
    }

    private static int[] bits(float[] values) {
        return IntStream.range(0, values.length)
                .map(i -> Float.floatToRawIntBits(values[i]))
                .toArray();
    }

    /** It would prove nothing if it had a part in common with what it is compared with. */
    @Test
    void theReferenceSharesNothingWithProduction() throws URISyntaxException {
        Path compiled = Path.of(ReferenceDecoder.class
                        .getResource("ReferenceDecoder.class")
                        .toURI())
                .getParent();
        classes()
                .that(DescribedPredicate.not(JavaClass.Predicates.belongToAnyOf(
                        ReferenceDecoderTest.class,
                        ReferenceDamageTest.class,
                        ReferenceEndsTest.class,
                        OrdersAgreeTest.class,
                        KnownEntropyTest.class,
                        ReferenceRecordsTest.class,
                        ReferenceWeightsTest.class,
                        Production.class)))
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("dev.ardm.reference", "java..", "tools.jackson..")
                .check(new ClassFileImporter().importPath(compiled));
    }
}

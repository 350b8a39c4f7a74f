package dev.ardm.core.masking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.ardm.coding.format.ArchivedItem;
import dev.ardm.coding.format.ItemLayout;
import dev.ardm.core.Item;
import dev.ardm.core.RandomStream;
import dev.ardm.core.RandomStream.Purpose;
import dev.ardm.core.Space;
import dev.ardm.core.Space.Scale;
import dev.ardm.core.masking.output.Digits;
import dev.ardm.core.masking.output.LogisticMixture;
import dev.ardm.core.masking.output.OutputDistribution;
import dev.ardm.core.masking.plan.MaskingPlan;
import dev.ardm.core.masking.process.Autoregressive;
import dev.ardm.core.masking.process.Given;
import dev.ardm.core.masking.process.OrderAgnostic;
import dev.ardm.core.masking.process.Process;
import dev.ardm.core.masking.process.Upscale;
import dev.ardm.core.masking.window.SequenceWindow;
import dev.ardm.core.model.Estimator;
import dev.ardm.core.network.CausalTransformerConfig;
import dev.ardm.core.network.DilatedConfig;
import dev.ardm.core.network.NetworkConfig;
import dev.ardm.core.network.TransformerConfig;
import dev.ardm.core.network.UNetConfig;
import dev.ardm.core.network.Weights;
import dev.ardm.exact.Kernels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Documents of any length through the coder and back, to the bit. */
class WindowedCoderTest {
    static final int D = 12;
    static final int CONTEXT = 3;
    private static final Space LETTERS = Space.of(new int[] {D}, 11, Scale.NOMINAL);
    private static final Space LEVELS = Space.of(new int[] {D}, 16, Scale.ORDERED);
    private static final Space SAMPLES = Space.of(new int[] {D}, 1 << 16, Scale.ORDERED);
    private static final TransformerConfig TRANSFORMER = new TransformerConfig(2, 12, 3, 20, 0, 0);
    /** None, one, one less and more than a window, two windows, and more that overlap by more than they must. */
    static final int[] LENGTHS = {0, 1, D - 1, D, D + 1, D + 9, D + 10, 100};

    private static MaskingDefinition definition(Process process, OutputDistribution output, NetworkConfig config) {
        return new MaskingDefinition(process, output, config, "");
    }

    static Stream<MaskingDefinition> sequences() {
        Process letters = new OrderAgnostic(LETTERS);
        Process next = new Autoregressive(LETTERS, false);
        Process anyNext = new Autoregressive(LETTERS, true);
        return Stream.of(
                definition(letters, OutputDistribution.of(letters), TRANSFORMER),
                definition(new Upscale(LEVELS, 4, Given.NOTHING), new Digits(2, 4), TRANSFORMER),
                definition(new OrderAgnostic(SAMPLES), new LogisticMixture(2, 1), TRANSFORMER),
                definition(letters, OutputDistribution.of(letters), TRANSFORMER.withEnds(true)),
                definition(
                        new Upscale(LEVELS, 4, Given.NOTHING),
                        new Digits(2, 4),
                        new DilatedConfig(2, 8, 4, 3, 2, 4, 6, true).withEnds(true)),
                definition(
                        new OrderAgnostic(SAMPLES),
                        new LogisticMixture(2, 1),
                        new DilatedConfig(2, 8, 4, 3, 2, 0, 0, true).withEnds(true)),
                definition(next, OutputDistribution.of(next), TRANSFORMER.withEnds(true)),
                definition(next, OutputDistribution.of(next), TRANSFORMER),
                definition(next, OutputDistribution.of(next), new CausalTransformerConfig(2, 12, 3, 20, 40, false, 0)),
                definition(anyNext, OutputDistribution.of(anyNext), TRANSFORMER));
    }

    static Stream<MaskingDefinition> rows() {
        Process table = new OrderAgnostic(Space.of(new int[] {4}, new int[] {3, 7, 2, 12}, Scale.NOMINAL));
        Process pixels = new OrderAgnostic(Space.image(4, 4, 2, 256), 2, Given.NOTHING);
        UNetConfig unet =
                new UNetConfig(List.of(8, 16), List.of(1, 1), List.of(1), List.of(false, true), 2, 4, 4, 8, 16, 0);
        return Stream.of(
                definition(table, OutputDistribution.of(table), TRANSFORMER),
                definition(pixels, new LogisticMixture(2, 2), unet));
    }

    static MaskingModel model(MaskingDefinition definition) {
        Map<String, float[]> values = new LinkedHashMap<>();
        definition.buildNetwork().layers().forEach(layer -> layer.parameters().forEach(parameter -> {
            RandomStream random = RandomStream.of(8, Purpose.TEST, values.size());
            float[] out = new float[parameter.size()];
            for (int i = 0; i < out.length; i++) {
                out[i] = (float) (1.5 * random.nextGaussian() / Math.sqrt(parameter.fanIn()));
            }
            values.put(parameter.name(), out);
        }));
        return new MaskingModel(definition, new Weights(values), Map.of(), Map.of());
    }

    static List<Item> items(List<int[]> values, List<byte[]> sides) {
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            items.add(new Item("", values.get(i), sides.get(i)));
        }
        return items;
    }

    private static WindowedCoder coder(MaskingDefinition definition, int threads, int calls) {
        ArdmModel model = new ArdmModel(model(definition), threads);
        return (WindowedCoder) model.coder(
                model.plan(calls),
                definition.space().rank() == 1 && definition.space().categories().length == 1
                        ? ItemLayout.sequences(CONTEXT, 1)
                        : ItemLayout.ROWS);
    }

    static List<int[]> documents(Space space, int... lengths) {
        List<int[]> documents = new ArrayList<>();
        for (int length : lengths) {
            RandomStream random = RandomStream.of(5, Purpose.TEST, documents.size());
            int[] item = new int[length];
            for (int i = 0; i < length; i++) {
                item[i] = random.nextInt(space.categories(i));
            }
            documents.add(item);
        }
        return documents;
    }

    static List<byte[]> extras(int count) {
        List<byte[]> extras = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            extras.add(i % 3 == 2 ? new byte[] {(byte) i, -1} : new byte[0]);
        }
        return extras;
    }

    private static List<ArchivedItem> archived(List<int[]> documents, List<byte[]> extras, List<byte[]> streams) {
        List<ArchivedItem> archived = new ArrayList<>();
        for (int i = 0; i < documents.size(); i++) {
            archived.add(ArchivedItem.coded(extras.get(i), new int[0], documents.get(i).length, streams.get(i)));
        }
        return archived;
    }

    private static void assertRestored(List<Optional<int[]>> back, List<int[]> documents) {
        assertThat(back).hasSameSizeAs(documents);
        for (int i = 0; i < documents.size(); i++) {
            assertThat(back.get(i))
                    .as("document of %d values", documents.get(i).length)
                    .isPresent();
            assertThat(back.get(i).orElseThrow()).isEqualTo(documents.get(i));
        }
    }

    @ParameterizedTest
    @MethodSource("sequences")
    void sequencesOfAnyLengthComeBack(MaskingDefinition definition) {
        List<int[]> documents = documents(definition.space(), LENGTHS);
        List<byte[]> extras = extras(documents.size());
        for (int calls : new int[] {2, 5, 1000}) {
            WindowedCoder coder = coder(definition, 2, calls);
            List<byte[]> streams = coder.encode(items(documents, extras), ArdmModel.NO_PROGRESS);
            assertRestored(coder.decode(archived(documents, extras, streams), ArdmModel.NO_PROGRESS), documents);
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void rowsComeBack(MaskingDefinition definition) {
        int dimensions = definition.space().dimensions();
        List<int[]> documents = documents(definition.space(), dimensions, dimensions, dimensions);
        List<byte[]> extras = extras(3);
        WindowedCoder coder = coder(definition, 2, 3);
        List<byte[]> streams = coder.encode(items(documents, extras), ArdmModel.NO_PROGRESS);
        assertRestored(coder.decode(archived(documents, extras, streams), ArdmModel.NO_PROGRESS), documents);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> coder.encode(
                        items(documents(definition.space(), dimensions + 1), extras(1)), ArdmModel.NO_PROGRESS))
                .withMessageContaining("has " + dimensions + " values, got " + (dimensions + 1));
        ArchivedItem longer = ArchivedItem.coded(new byte[0], new int[0], dimensions + 1, streams.get(0));
        assertThat(coder.decode(List.of(longer), ArdmModel.NO_PROGRESS)).containsExactly(Optional.empty());
    }

    /** A document of one window is an item: an archive of documents has the streams of one of items. */
    @ParameterizedTest
    @MethodSource("sequences")
    void aWholeWindowIsAnItem(MaskingDefinition definition) {
        ArdmModel model = new ArdmModel(model(definition), 1);
        List<int[]> items = documents(definition.space(), D, D);
        List<byte[]> empty = List.of(new byte[0], new byte[0]);
        List<byte[]> streams = model.coder(model.plan(4), ItemLayout.sequences(CONTEXT, 0))
                .encode(items(items, empty), ArdmModel.NO_PROGRESS);
        assertThat(streams).containsExactlyElementsOf(model.encode(items, model.plan(4), ArdmModel.NO_PROGRESS));
    }

    @ParameterizedTest
    @MethodSource("sequences")
    void bytesDependOnNeitherThreadsNorKernelsNorCompany(MaskingDefinition definition) {
        List<int[]> documents = documents(definition.space(), LENGTHS);
        List<byte[]> extras = extras(documents.size());
        List<byte[]> streams = coder(definition, 3, 5).encode(items(documents, extras), ArdmModel.NO_PROGRESS);
        ArdmModel other = new ArdmModel(model(definition), 1, Kernels.reference());
        WindowedCoder reference = (WindowedCoder) other.coder(other.plan(5), ItemLayout.sequences(CONTEXT, 1));
        for (int i : new int[] {1, 4, 7}) {
            assertThat(reference
                            .encode(items(List.of(documents.get(i)), List.of(extras.get(i))), ArdmModel.NO_PROGRESS)
                            .get(0))
                    .isEqualTo(streams.get(i));
        }
        assertRestored(
                coder(definition, 4, 5).decode(archived(documents, extras, streams), ArdmModel.NO_PROGRESS), documents);
    }

    /** The overhead of a stream is paid once for all windows. */
    @ParameterizedTest
    @MethodSource("sequences")
    void codedLengthIsTheInformationContent(MaskingDefinition definition) {
        WindowedCoder coder = coder(definition, 2, 4);
        List<int[]> documents = documents(definition.space(), LENGTHS);
        List<byte[]> streams = coder.encode(items(documents, extras(documents.size())), ArdmModel.NO_PROGRESS);
        List<double[]> bits = coder.unitBits(
                items(documents, Collections.nCopies(documents.size(), new byte[0])), ArdmModel.NO_PROGRESS);
        for (int i = 0; i < documents.size(); i++) {
            assertThat(bits.get(i)).hasSize(documents.get(i).length);
            double sum = Arrays.stream(bits.get(i)).sum();
            assertThat(8.0 * streams.get(i).length).isBetween(sum, 1.002 * sum + 17);
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void bitsOfRowsAreThoseOfTheEstimator(MaskingDefinition definition) {
        ArdmModel model = new ArdmModel(model(definition), 2);
        List<int[]> rows = documents(definition.space(), definition.space().dimensions());
        MaskingPlan plan = model.plan(3);
        double[] bits = model.scorer(plan, ItemLayout.VALUES)
                .unitBits(items(rows, Collections.nCopies(rows.size(), new byte[0])), ArdmModel.NO_PROGRESS)
                .get(0);
        assertThat(bits).hasSize(definition.process().units());
        assertThat(Arrays.stream(bits).sum() / definition.space().dimensions())
                .isCloseTo(
                        model.estimator(Estimator.PLAN, plan, 1)
                                .measureValues(rows, 0, ArdmModel.NO_PROGRESS)
                                .bitsPerDimension(),
                        within(1e-9));
    }

    @ParameterizedTest
    @MethodSource("sequences")
    void damageIsFound(MaskingDefinition definition) {
        WindowedCoder coder = coder(definition, 2, 2);
        List<int[]> documents = documents(definition.space(), 20);
        byte[] side = {1, 2, 3};
        byte[] stream = coder.encode(items(documents, List.of(side)), ArdmModel.NO_PROGRESS)
                .get(0);
        List<ArchivedItem> damaged = new ArrayList<>();
        for (int bit = 0; bit < 8 * stream.length; bit += 3) {
            byte[] changed = stream.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            damaged.add(ArchivedItem.coded(side, new int[0], 20, changed));
        }
        for (int length : new int[] {0, 1, 11, 12, 13, 19, 21, 40}) {
            damaged.add(ArchivedItem.coded(side, new int[0], length, stream));
        }
        for (byte[] other : List.of(new byte[0], new byte[] {1, 2}, new byte[] {1, 2, 4})) {
            damaged.add(ArchivedItem.coded(other, new int[0], 20, stream));
        }
        long accepted = coder.decode(damaged, ArdmModel.NO_PROGRESS).stream()
                .filter(Optional::isPresent)
                .count();
        assertThat(accepted).isLessThanOrEqualTo(1); // the check has at least 7 bits, most often 10
    }

    /** No memory is taken, and no time spent, for a length that is only claimed. */
    @Test
    void aClaimedLengthIsNotBelieved() {
        WindowedCoder coder = coder(sequences().findFirst().orElseThrow(), 1, 2);
        List<int[]> documents = documents(LETTERS, 30);
        byte[] stream =
                coder.encode(items(documents, extras(1)), ArdmModel.NO_PROGRESS).get(0);
        List<Integer> windows = new ArrayList<>();
        ArchivedItem claim = ArchivedItem.coded(new byte[0], new int[0], 1 << 30, stream);
        assertThat(coder.decode(List.of(claim), windows::add)).containsExactly(Optional.empty());
        assertThat(windows).hasSizeLessThan(20);
    }

    @Test
    void windowsCoverADocumentOnce() {
        for (int context : new int[] {0, 1, 5, D - 1}) {
            for (int length = 0; length < 5 * D; length++) {
                int covered = 0;
                int windows = SequenceWindow.count(length, D, context);
                for (int w = 0; w < windows; w++) {
                    SequenceWindow window = SequenceWindow.of(length, D, context, w);
                    assertThat(window.start() + window.from()).isEqualTo(covered);
                    assertThat(window.generated()).isPositive();
                    assertThat(window.from()).isGreaterThanOrEqualTo(w == 0 ? 0 : context);
                    covered = window.start() + window.to();
                }
                assertThat(covered).isEqualTo(length);
            }
        }
    }

    @Test
    void progressCountsWindows() {
        WindowedCoder coder = coder(sequences().findFirst().orElseThrow(), 1, 2);
        List<int[]> documents = documents(LETTERS, LENGTHS);
        List<Integer> heard = new ArrayList<>();
        List<byte[]> streams = coder.encode(items(documents, extras(documents.size())), heard::add);
        int windows = Arrays.stream(LENGTHS)
                .map(length -> (int) coder.windows(length, new int[0]))
                .sum();
        assertThat(heard).hasSize(windows).endsWith(windows);
        heard.clear();
        coder.decode(archived(documents, extras(documents.size()), streams), heard::add);
        assertThat(heard).hasSize(windows).endsWith(windows);
    }

    @Test
    void whatIsOutOfRangeIsRefused() {
        ArdmModel model = new ArdmModel(model(sequences().findFirst().orElseThrow()), 1);
        MaskingPlan plan = model.plan(2);
        assertThatIllegalArgumentException().isThrownBy(() -> model.coder(plan, ItemLayout.sequences(D, 0)));
        assertThatIllegalArgumentException().isThrownBy(() -> model.coder(plan, ItemLayout.sequences(0, 11)));
        WindowedCoder coder = (WindowedCoder) model.coder(plan, ItemLayout.sequences(0, 0));
        int[] wrong = new int[20];
        wrong[17] = 11;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> coder.encode(items(List.of(wrong), List.of(new byte[0])), ArdmModel.NO_PROGRESS))
                .withMessage("value 11 at position 17 is outside [0, 11)");
        Process given = new OrderAgnostic(LETTERS, 1, Given.prefix(2));
        ArdmModel conditional = new ArdmModel(model(definition(given, OutputDistribution.of(given), TRANSFORMER)), 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> conditional.coder(conditional.plan(2), ItemLayout.VALUES))
                .withMessageContaining("conditional");
    }
}

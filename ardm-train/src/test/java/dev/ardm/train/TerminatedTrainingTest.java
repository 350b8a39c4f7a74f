package dev.ardm.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ardm.coding.format.ItemLayout;
import dev.ardm.core.Item;
import dev.ardm.core.RandomStream;
import dev.ardm.core.RandomStream.Purpose;
import dev.ardm.core.masking.MaskingDefinition;
import dev.ardm.core.masking.MaskingModel;
import dev.ardm.core.model.Estimate;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.network.DilatedConfig;
import dev.ardm.core.network.NetworkConfig;
import dev.ardm.core.network.TransformerConfig;
import dev.ardm.data.ItemSet;
import dev.ardm.data.format.DataFormat;
import dev.ardm.data.registry.DataFormats;
import dev.ardm.train.runtime.TrainingRuntime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Lines with their ends, from a source of known entropy: before each letter, which is one of two, the line ends with probability 1/8. */
class TerminatedTrainingTest {
    private static final double ENDS = 1.0 / 8;

    @TempDir
    static Path folder;

    private static ItemSet items;
    private static DataFormat format;

    private static String line(int number, long seed) {
        RandomStream random = RandomStream.of(seed, Purpose.TEST, number);
        StringBuilder line = new StringBuilder();
        while (random.nextInt(8) > 0) {
            line.append((char) ('a' + random.nextInt(2)));
        }
        return line.toString();
    }

    @BeforeAll
    static void write() throws IOException {
        TrainingRuntime.setThreads(1);
        StringBuilder text = new StringBuilder();
        for (int k = 0; k < 3000; k++) {
            text.append(line(k, 1)).append('\n');
        }
        Path file = Files.writeString(folder.resolve("some.log"), text);
        format = DataFormats.fit("lines", List.of(file), Map.of("window", "15"));
        items = format.endedItems(List.of(file));
    }

    private static TrainingSettings settings(int steps, int lossSites) {
        return new TrainingSettings(
                steps, 0, 32, 4e-3, 50, 0.01, 0.99, 1, 0.98, lossSites, 0, 5, 3600, TrainingSettings.Precision.FP32);
    }

    static List<NetworkConfig> networks() {
        return List.of(new TransformerConfig(2, 32, 4, 64, 0, 0), new DilatedConfig(3, 16, 16, 3, 3, 4, 0, false));
    }

    private static MaskingDefinition definition(NetworkConfig network) {
        return MaskingDefinition.terminated(format.space(), network, format.definition());
    }

    /** Every value and end counts once and as much as any other, though windows overlap; what fills a window does not. */
    @ParameterizedTest
    @MethodSource("networks")
    void theLossCountsWhatIsNotContext(NetworkConfig network) {
        int[] all = IntStream.range(0, 400).toArray();
        assertThat(IntStream.of(all).map(items::context).max()).hasValue(8);
        double sum =
                IntStream.of(all).map(i -> items.length(i) - items.context(i)).sum();
        for (int lossSites : new int[] {3, 1000}) {
            TrainingBatch batch = new MaskingObjective(definition(network).buildNetwork(), settings(1, lossSites))
                    .draw(items, all, Purpose.CORRUPTION, 0);
            int most = batch.input().space().dimensions();
            double[] ofItem = new double[all.length];
            for (int i = 0; i < batch.targets().length; i++) {
                int item = batch.sites()[batch.rows()[i]] / most;
                int place = batch.sites()[batch.rows()[i]] % most;
                assertThat(place).isBetween(items.context(item), items.length(item) - 1);
                assertThat(batch.targets()[i]).isEqualTo(items.item(item)[place]);
                ofItem[item] += batch.weights()[i];
            }
            for (int item : all) {
                assertThat(ofItem[item]).isCloseTo((items.length(item) - items.context(item)) / sum, within(1e-6));
            }
        }
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("networks")
    void recordsTakeTheirEntropy(NetworkConfig network) throws IOException {
        MaskingModel trained =
                ModelTraining.train(items, definition(network), settings(500, 1000), new TrainingListener() {});
        List<Item> fresh = IntStream.range(0, 1000)
                .mapToObj(k -> Item.ofBytes(line(k, 9).getBytes(StandardCharsets.US_ASCII)))
                .toList();
        double entropy = fresh.stream()
                .mapToDouble(line -> -log2(ENDS) - line.values().length * (log2(1 - ENDS) - 1))
                .sum();
        LikelihoodModel model = trained.open(1);
        double bits = model.scorer(model.plan(1), ItemLayout.RECORDS).unitBits(fresh, done -> {}).stream()
                .mapToDouble(Estimate::total)
                .sum();
        assertThat(bits).isBetween(0.99 * entropy, 1.03 * entropy);
    }

    private static double log2(double of) {
        return Math.log(of) / Math.log(2);
    }

    /** What fills windows is not counted. */
    @Test
    void networksStartAtTheFrequenciesOfValuesAndEnds() {
        MaskingObjective objective =
                new MaskingObjective(definition(networks().get(0)).buildNetwork(), settings(1, 1000));
        float[] bias = objective
                .initial(items)
                .get(definition(networks().get(0)).buildNetwork().logitBias());
        assertThat(Math.exp(bias[256])).isCloseTo(ENDS, within(0.03));
        assertThat(Math.exp(bias['a'])).isCloseTo((1 - ENDS) / 2, within(0.03));
        for (int other = 0; other < 'a'; other++) {
            assertThat(bias[other]).isLessThan(-6);
        }
    }
}

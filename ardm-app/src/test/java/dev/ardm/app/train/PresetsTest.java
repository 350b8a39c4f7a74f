package dev.ardm.app.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ardm.core.Space;
import dev.ardm.core.masking.network.Network;
import dev.ardm.core.masking.output.OutputDistribution;
import dev.ardm.core.masking.process.Autoregressive;
import dev.ardm.core.masking.process.Given;
import dev.ardm.core.masking.process.OrderAgnostic;
import dev.ardm.core.masking.process.Process;
import dev.ardm.core.masking.process.Upscale;
import dev.ardm.core.network.CausalTransformerConfig;
import dev.ardm.core.network.DilatedConfig;
import dev.ardm.core.network.TransformerConfig;
import dev.ardm.core.network.UNetConfig;
import dev.ardm.data.ItemSet;
import dev.ardm.data.PackedItemSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Presets make networks for every kind of data and process; the paper's have the paper's sizes. */
class PresetsTest {
    private static final Space IMAGE = Space.image(32, 32, 3, 256);
    private static final Space TEXT = Space.of(new int[] {250}, 27, Space.Scale.NOMINAL);
    private static final ItemSet LETTERS = PackedItemSet.of(
            TEXT,
            IntStream.range(0, 30)
                    .mapToObj(n -> IntStream.range(0, 250)
                            .map(i -> (i * i + 5 * i * n) % 27)
                            .toArray())
                    .toList(),
            null);
    private static final Space SOUND = Space.of(new int[] {16000}, 65536, Space.Scale.ORDERED);

    private static Network network(String preset, Process process) {
        OutputDistribution distribution = OutputDistribution.of(process);
        Network network = Network.of(Presets.of(preset, process, distribution), process, distribution);
        assertThat(network.unitsPerPlace() * network.layers().size()).isPositive();
        return network;
    }

    @Test
    void everySizeBuildsForEverything() {
        for (String preset : List.of("tiny", "small", "medium", "base")) {
            for (Space space : List.of(IMAGE, TEXT, Space.of(new int[] {600}, 256, Space.Scale.ORDERED))) {
                long order = network(preset, new OrderAgnostic(space)).parameterCount();
                assertThat(order).isPositive();
                network(preset, new Upscale(space, 4, Given.NOTHING));
            }
            network(preset, new Autoregressive(TEXT, false));
            network(preset, new Autoregressive(TEXT, true));
            network(preset, Autoregressive.infilling(TEXT));
            network(preset, new Autoregressive(Space.of(new int[] {600}, 256, Space.Scale.ORDERED), false));
        }
    }

    @Test
    void networksOfSequencesHaveEnds() {
        for (String preset : List.of("tiny", "base", "paper-text8")) {
            assertThat(network(preset, new OrderAgnostic(TEXT)).ends()).isTrue();
            assertThat(network(preset, new Autoregressive(TEXT, false)).ends()).isTrue();
            assertThat(network(preset, new Autoregressive(TEXT, true)).ends()).isFalse();
        }
        assertThat(network("tiny", new OrderAgnostic(SOUND)).ends()).isTrue();
        assertThat(network("tiny", new OrderAgnostic(IMAGE)).ends()).isFalse();
        assertThat(network("tiny", new OrderAgnostic(TEXT, 1, Given.prefix(3))).ends())
                .isFalse();
    }

    /** About 85, 122 and 28 million parameters by the estimates for the official code. */
    @Test
    void thePapersSizesAreThePapers() {
        assertThat(network("paper-text8", new OrderAgnostic(TEXT)).parameterCount())
                .isBetween(84_000_000L, 87_000_000L);
        assertThat(network("paper-cifar10", new OrderAgnostic(IMAGE)).parameterCount())
                .isBetween(75_000_000L, 125_000_000L);
        Process upscale = new Upscale(SOUND, 4, Given.NOTHING);
        OutputDistribution digits = new MethodOptions("upscale:4", "digits", "", "auto").distribution(upscale);
        assertThat(Network.of(Presets.of("paper-sc09", upscale, digits), upscale, digits)
                        .parameterCount())
                .isBetween(15_000_000L, 40_000_000L);
    }

    @Test
    void thePapersSizesAreForTheirData() {
        assertThatThrownBy(() -> network("paper-cifar10", new OrderAgnostic(TEXT)))
                .hasMessageContaining("does not fit items of 250 of 27");
        assertThatThrownBy(() -> network("paper-sc09", new OrderAgnostic(TEXT))).hasMessageContaining("paper-sc09");
        assertThatThrownBy(() -> network("huge", new OrderAgnostic(TEXT))).hasMessageContaining("unknown preset");
    }

    @Test
    void theNetworkSuitsTheDataOrIsTheOneAskedFor() {
        Process text = new OrderAgnostic(TEXT);
        OutputDistribution distribution = OutputDistribution.of(text);
        assertThat(Presets.of("small", text, distribution)).isInstanceOf(DilatedConfig.class);
        assertThat(Presets.of("small", "transformer", text, distribution)).isInstanceOf(TransformerConfig.class);
        assertThatThrownBy(() -> Presets.of("small", "unet", text, distribution))
                .hasMessageContaining("a U-Net needs images, not items of 250 of 27");
        assertThatThrownBy(() -> Presets.knownNetwork("lstm")).hasMessageContaining("unknown network 'lstm'");
        assertThat(Presets.of("small", Space.of(new int[] {17}, 9, Space.Scale.NOMINAL)))
                .isInstanceOf(TransformerConfig.class);
        Process causal = new Autoregressive(TEXT, false);
        assertThat(Presets.of("small", causal, OutputDistribution.of(causal))).isInstanceOf(TransformerConfig.class);
        Process gaps = MethodOptions.suiting("infilling", null).process(LETTERS, 0);
        assertThat(Presets.of("small", gaps, OutputDistribution.of(gaps))).isInstanceOf(CausalTransformerConfig.class);
        assertThat(MethodOptions.suiting(null, "Causal-Transformer").process(LETTERS, 0))
                .isEqualTo(new Autoregressive(TEXT, false));
        assertThat(Presets.of("small", "causal-transformer", causal, OutputDistribution.of(causal)))
                .isInstanceOf(CausalTransformerConfig.class);
        assertThat(Presets.of("small", IMAGE)).isInstanceOf(UNetConfig.class);
    }

    /** 1, 2, 4 ... 32 of 128 places. */
    @Test
    void dilationsAreNoLongerThanAQuarterOfTheSequence() {
        Space window = Space.of(new int[] {128}, 27, Space.Scale.NOMINAL);
        for (String preset : List.of("small", "base")) {
            DilatedConfig config = (DilatedConfig) Presets.of(preset, window);
            assertThat(config.dilation(config.cycle() - 1)).isEqualTo(32);
        }
    }

    private static Upscale upscale(String name, ItemSet items) {
        return (Upscale) new MethodOptions(name, "categorical", "", "auto").process(items, 0);
    }

    /** Values without order have a tree unless the user says otherwise, ordered ones never. */
    @Test
    void treesAreLearntWhereValuesHaveNoOrder() {
        Upscale tree = upscale("upscale:6", LETTERS);
        assertThat(tree.hasTree()).isTrue();
        assertThat(tree).isEqualTo(upscale("upscale:6:tree", LETTERS)).isNotEqualTo(upscale("upscale:3", LETTERS));
        assertThat(upscale("upscale:6:numbers", LETTERS).hasTree()).isFalse();
        ItemSet sound = PackedItemSet.of(SOUND, List.of(new int[16000]), null);
        assertThat(upscale("upscale:256", sound).hasTree()).isFalse();
        assertThatThrownBy(() -> upscale("upscale:256:tree", sound))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("values without order");
        assertThatThrownBy(() -> upscale("upscale:6:bush", LETTERS)).hasMessageContaining("known: tree, numbers");
        Space words = Space.of(new int[] {3}, 5000, Space.Scale.NOMINAL);
        assertThat(upscale("upscale:8", PackedItemSet.of(words, List.of(new int[3]), null))
                        .hasTree())
                .isFalse();
    }

    @Test
    void rangesOfGivenVariablesAreChecked() {
        for (String given : List.of("5-3", "0-2000000000", "x")) {
            assertThatThrownBy(
                            () -> new MethodOptions("order-agnostic", "categorical", given, "auto").process(LETTERS, 0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'" + given + "'");
        }
        assertThat(new MethodOptions("order-agnostic", "categorical", "0-2,7", "auto")
                        .process(LETTERS, 0)
                        .given()
                        .units())
                .containsExactly(0, 1, 2, 7);
    }
}

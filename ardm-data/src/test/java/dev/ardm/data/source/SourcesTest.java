package dev.ardm.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ardm.core.RandomStream;
import dev.ardm.core.Space;
import dev.ardm.data.ItemSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SourcesTest {
    static KnownSource independent(double p) {
        return Sources.independent(
                Space.image(2, 2, 1, 2), new double[][] {{p, 1 - p}, {0.5, 0.5}, {1, 0}, {p, 1 - p}});
    }

    static Stream<KnownSource> small() {
        return Stream.of(
                Sources.categorical(5, new double[] {0.5, 0.25, 0.25}),
                independent(0.2),
                Sources.markov(7, 0, 3, 1),
                Sources.markov(7, 1, 3, 1),
                Sources.markov(6, 2, 4, 2),
                Sources.markov(2, 3, 4, 2),
                Sources.ising4x4(0.4, 0.1),
                Sources.ising4x4(0, 0),
                Sources.mixture(new double[] {0.3, 0.7}, independent(0.1), independent(0.9)));
    }

    @ParameterizedTest
    @MethodSource("small")
    void entropyIsThatOfAllItems(KnownSource source) {
        int[] item = new int[source.space().dimensions()];
        double total = 0;
        double entropy = 0;
        while (true) {
            double log = source.logProb(item);
            double p = Math.pow(2, log);
            total += p;
            entropy -= p > 0 ? p * log : 0;
            int at = item.length - 1;
            while (at >= 0 && ++item[at] == source.space().categories(at)) {
                item[at--] = 0;
            }
            if (at < 0) {
                break;
            }
        }
        assertThat(total).isCloseTo(1, within(1e-9));
        assertThat(source.entropyBits()).isCloseTo(entropy, within(1e-9));
    }

    @ParameterizedTest
    @MethodSource("small")
    void drawnItemsCostTheEntropyOnAverage(KnownSource source) {
        int n = 20_000;
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < n; i++) {
            double bits = -source.logProb(source.draw(RandomStream.of(3, RandomStream.Purpose.TEST, i)));
            sum += bits;
            squares += bits * bits;
        }
        double mean = sum / n;
        double error = Math.sqrt(Math.max(0, squares / n - mean * mean) / n);
        assertThat(mean).isCloseTo(source.entropyBits(), within(5 * error + 1e-9));
    }

    @Test
    void knownValues() {
        assertThat(Sources.categorical(4, new double[] {0.5, 0.5}).entropyBits())
                .isEqualTo(4);
        assertThat(Sources.ising4x4(0, 0).entropyBits()).isCloseTo(16, within(1e-9));
        assertThat(Sources.ising4x4(20, 0).entropyBits()).isCloseTo(1, within(1e-9));
        assertThat(independent(0.5).logProb(new int[] {0, 0, 1, 0})).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(Sources.markov(50, 1, 4, 1).entropyBits()).isBetween(10.0, 95.0);
    }

    @Test
    void itemsRepeat() {
        KnownSource source = Sources.markov(20, 2, 5, 9);
        ItemSet few = source.items(10, 4);
        ItemSet many = source.items(20, 4);
        assertThat(few.size()).isEqualTo(10);
        for (int i = 0; i < 10; i++) {
            assertThat(few.item(i)).isEqualTo(many.item(i));
        }
    }

    @Test
    void nonsenseIsRefused() {
        assertThatThrownBy(() -> Sources.categorical(2, new double[] {0.5, 0.6}))
                .hasMessageContaining("sum");
        assertThatThrownBy(() -> Sources.categorical(2, new double[] {1.5, -0.5}))
                .hasMessageContaining("-0.5");
        assertThatThrownBy(() -> Sources.markov(5, 9, 10, 0)).hasMessageContaining("contexts");
        assertThatThrownBy(() -> Sources.mixture(new double[] {1}, Sources.categorical(30, new double[] {0.5, 0.5})))
                .hasMessageContaining("too many items");
        assertThatThrownBy(() -> Sources.mixture(new double[] {1})).isInstanceOf(IllegalArgumentException.class);
    }
}

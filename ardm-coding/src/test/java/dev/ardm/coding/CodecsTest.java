package dev.ardm.coding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.ardm.coding.Codecs.Pair;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodecsTest {
    private static Function<Random, Integer> symbolsOf(Distribution distribution) {
        return random -> Distributions.draw(random, distribution);
    }

    private static List<Distribution> distributions(Random random, int count) {
        List<Distribution> distributions = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            distributions.add(Distributions.distribution(random));
        }
        return distributions;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void everyCombinatorKeepsTheLaws(long seed) {
        Random random = new Random(seed);
        Distribution distribution = Distributions.distribution(random);
        Codec<Integer> single = Codecs.of(distribution);
        CodecLaws.check(single, symbolsOf(distribution), seed);

        int n = 1 + random.nextInt(1000);
        CodecLaws.check(Codecs.uniform(n), r -> r.nextInt(n), seed);
        CodecLaws.check(Codecs.constant("only"), r -> "only", seed);

        List<Distribution> distributions = distributions(random, 10);
        CodecLaws.check(
                Codecs.sequence(distributions.stream().map(Codecs::of).toList()),
                r -> distributions.stream().map(l -> Distributions.draw(r, l)).toList(),
                seed);
        CodecLaws.check(
                Codecs.repeat(single, 17),
                r -> r.ints(17)
                        .mapToObj(x -> Distributions.draw(r, distribution))
                        .toList(),
                seed);
        CodecLaws.check(
                Codecs.pair(single, Codecs.uniform(n)),
                r -> new Pair<>(Distributions.draw(r, distribution), r.nextInt(n)),
                seed);
        CodecLaws.check(
                Codecs.map(single, k -> "s" + k, s -> Integer.parseInt(s.substring(1))),
                r -> "s" + Distributions.draw(r, distribution),
                seed);

        CodecLaws.check(
                Codecs.dependent(single, k -> Codecs.of(distributions.get(k % 10))),
                r -> {
                    int first = Distributions.draw(r, distribution);
                    return new Pair<>(first, Distributions.draw(r, distributions.get(first % 10)));
                },
                seed);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void bitsBackKeepsTheLaws(long seed) {
        Random random = new Random(seed);
        Distribution prior = Distributions.distribution(random, 12, 24);
        List<Distribution> likelihood = new ArrayList<>();
        List<Distribution> posterior = new ArrayList<>();
        for (int k = 0; k < 12; k++) {
            likelihood.add(Distributions.distribution(random, 30, 20));
        }
        for (int k = 0; k < 30; k++) {
            posterior.add(Distributions.distribution(random, 12, 16));
        }
        Codec<Integer> codec =
                Codecs.bitsBack(Codecs.of(prior), z -> Codecs.of(likelihood.get(z)), x -> Codecs.of(posterior.get(x)));
        CodecLaws.check(codec, r -> r.nextInt(30), seed);
    }

    /** With the exact posterior, bits back reaches the information content of the symbols alone. */
    @Test
    void bitsBackCostsTheMarginal() {
        long[][] joint = {{40, 10, 14}, {1, 50, 13}};
        long[] marginal = {41, 60, 27};
        Distribution prior = TableDistribution.fromWeights(new long[] {64, 64}, 0, 2, 24);
        Codec<Integer> codec = Codecs.bitsBack(
                Codecs.of(prior),
                z -> Codecs.of(TableDistribution.fromWeights(joint[z], 0, 3, 24)),
                x -> Codecs.of(TableDistribution.fromWeights(new long[] {joint[0][x], joint[1][x]}, 0, 2, 24)));
        Random random = new Random(3);
        AnsStack stack = AnsStack.of(1L << 40);
        for (int k = 0; k < 1000; k++) {
            stack.push(random.nextInt() >>> 1, 1, 31);
        }
        long before = stack.byteLength();
        double bits = 0;
        for (int k = 0; k < 20_000; k++) {
            int symbol = random.nextInt(3);
            bits -= Math.log(marginal[symbol] / 128.0) / Math.log(2);
            codec.push(stack, symbol);
        }
        double coded = 8.0 * (stack.byteLength() - before);
        assertThat(coded / bits).isBetween(0.995, 1.005);
    }

    @Test
    void aListPopsFromFirstToLast() {
        Codec<List<Integer>> codec = Codecs.repeat(Codecs.uniform(8), 3);
        AnsStack stack = AnsStack.of(1);
        codec.push(stack, List.of(5, 6, 7));
        assertThat(Codecs.uniform(8).pop(stack)).isEqualTo(5);
        assertThat(Codecs.uniform(8).pop(stack)).isEqualTo(6);
        assertThat(Codecs.uniform(8).pop(stack)).isEqualTo(7);
        assertThat(stack).isEqualTo(AnsStack.of(1));
    }

    @Test
    void refusesSymbolsWithoutACode() {
        AnsStack stack = AnsStack.of(1);
        Distribution distribution =
                TableDistribution.fromWeights(new long[] {1, 1}, 0, 2, new boolean[] {true, false}, 24);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Codecs.of(distribution).push(stack, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> Codecs.uniform(4).push(stack, 4));
        assertThatIllegalArgumentException().isThrownBy(() -> Codecs.constant(1).push(stack, 2));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Codecs.repeat(Codecs.uniform(4), 3).push(stack, List.of(1)));
    }

    @Test
    void uniformTakesAsMuchPrecisionAsItNeeds() {
        int n = (1 << 25) + 1;
        AnsStack stack = AnsStack.of(77);
        Codec<Integer> codec = Codecs.uniform(n);
        codec.push(stack, n - 1);
        assertThat(codec.pop(stack)).isEqualTo(n - 1);
        assertThat(stack).isEqualTo(AnsStack.of(77));
    }
}

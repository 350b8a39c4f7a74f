package dev.ardm.core.counts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ardm.coding.AnsStack;
import dev.ardm.coding.error.DamagedException;
import dev.ardm.core.decision.StackReader;
import dev.ardm.core.decision.StackWriter;
import dev.ardm.core.decision.SymbolCoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class SymbolPredictorTest {
    private static final String[] EVENTS = {"opened", "closed", "failed", "restarted"};
    private static final double[] CHANCES = {0.6, 0.25, 0.1, 0.05};

    /** A record of a source whose entropy is known: an event, and three digits that are free. */
    private static String event(Random random) {
        double at = random.nextDouble();
        int k = 0;
        while (at >= CHANCES[k]) {
            at -= CHANCES[k++];
        }
        return "session " + (100 + random.nextInt(900)) + " " + EVENTS[k] + " by the operator";
    }

    private static double entropy() {
        double bits = Math.log(900) / Math.log(2);
        for (double p : CHANCES) {
            bits -= p * Math.log(p) / Math.log(2);
        }
        return bits;
    }

    private static int[] symbols(String text) {
        return symbols(text.getBytes(StandardCharsets.UTF_8));
    }

    private static int[] symbols(byte[] bytes) {
        int[] symbols = new int[bytes.length];
        for (int k = 0; k < bytes.length; k++) {
            symbols[k] = bytes[k] & 0xFF;
        }
        return symbols;
    }

    private static Learnt learn(int count, Function<Random, int[]> source) {
        Learnt learnt = new Learnt();
        SymbolPredictor predictor = new SymbolPredictor(learnt);
        Random random = new Random(1);
        for (int k = 0; k < count; k++) {
            int[] item = source.apply(random);
            predictor.write(new CodeLength(), item, true);
            predictor.count(item);
        }
        return learnt;
    }

    private static double bits(SymbolPredictor predictor, int[] item) {
        CodeLength length = new CodeLength();
        predictor.write(length, item, false);
        return length.bits;
    }

    @Test
    void codesASourceOfKnownEntropyInLittleMore() {
        Learnt learnt = learn(6_000, random -> symbols(event(random)));
        SymbolPredictor predictor = new SymbolPredictor(learnt);
        Random random = new Random(2);
        double bits = 0;
        int count = 2_000;
        for (int k = 0; k < count; k++) {
            bits += bits(predictor, symbols(event(random)));
        }
        // The standard error of the mean is 0.03 bits.
        assertThat(bits / count).isBetween(entropy() - 0.1, entropy() * 1.01 + 0.4);
    }

    @Test
    void codesRandomBytesInLittleMoreThanEightBits() {
        Function<Random, int[]> source = random -> {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            return symbols(bytes);
        };
        Learnt learnt = learn(3_000, source);
        SymbolPredictor predictor = new SymbolPredictor(learnt);
        Random random = new Random(2);
        double bits = 0;
        long bytes = 0;
        int count = 300;
        for (int k = 0; k < count; k++) {
            int[] item = source.apply(random);
            bits += bits(predictor, item);
            bytes += item.length;
        }
        double lengths = Math.log(40) / Math.log(2);
        assertThat((bits - count * lengths) / bytes).isBetween(7.8, 8.6);
    }

    @Test
    void readsWhatItWrote() throws Exception {
        Learnt learnt = learn(500, random -> symbols(event(random)));
        List<int[]> items = new ArrayList<>();
        Random random = new Random(3);
        byte[] noise = new byte[300];
        random.nextBytes(noise);
        byte[] every = new byte[256];
        for (int k = 0; k < 256; k++) {
            every[k] = (byte) k;
        }
        for (byte[] bytes : List.of(noise, every, new byte[0], new byte[1000])) {
            items.add(symbols(bytes));
        }
        items.add(symbols(event(random)));
        items.add(symbols("something else \u00e9\u4e2d"));
        for (int[] item : items) {
            StackWriter writer = new StackWriter();
            new SymbolPredictor(learnt).write(writer, item, false);
            AnsStack stack = AnsStack.of(1);
            writer.push(stack);
            AnsStack read = AnsStack.fromBytes(stack.toBytes(), 0, stack.toBytes().length);
            assertThat(new SymbolPredictor(learnt).read(new StackReader(read), item.length, false))
                    .isEqualTo(item);
            assertThat(read.head()).isEqualTo(1);
            assertThat(read.words()).isZero();
        }
    }

    @Test
    void anItemCostsTheSameWhateverCameBefore() {
        Learnt learnt = learn(500, random -> symbols(event(random)));
        int[] item = symbols("session 123 opened by the operator, session 123 opened by the operator");
        SymbolPredictor fresh = new SymbolPredictor(learnt);
        double alone = bits(fresh, item);
        SymbolPredictor used = new SymbolPredictor(learnt);
        bits(used, symbols("x".repeat(5_000)));
        bits(used, item);
        assertThat(bits(used, item)).isEqualTo(alone);
        assertThat(bits(fresh, item)).isEqualTo(alone);
    }

    @Test
    void learnsWithinAnItem() {
        Function<Random, int[]> source = random -> {
            int key = random.nextInt(1_000_000);
            return symbols("get " + key + " and put " + key);
        };
        SymbolPredictor predictor = new SymbolPredictor(learn(2_000, source));
        double bits = 0;
        Random random = new Random(4);
        for (int k = 0; k < 100; k++) {
            bits += bits(predictor, source.apply(random));
        }
        // A key has almost 20 bits; its second copy must cost a few only.
        assertThat(bits / 100).isBetween(19.0, 24.0);
    }

    @Test
    void refusesToReadOnWithoutEnd() {
        Learnt learnt = learn(50, random -> symbols("aaaaaaaaaa"));
        byte[] zeros = new byte[1000];
        Arrays.fill(zeros, (byte) 1);
        assertThatThrownBy(() -> new SymbolPredictor(learnt)
                        .read(new StackReader(AnsStack.fromBytes(zeros, 0, zeros.length)), 5, false))
                .isInstanceOf(DamagedException.class)
                .hasMessageContaining("does not end after 5 symbols");
    }

    /** Adds up the information content of decisions. */
    private static final class CodeLength implements SymbolCoder {
        double bits;

        @Override
        public boolean decide(int probability, boolean happens) {
            bits -= Math.log((happens ? probability : 65_536 - probability) / 65_536.0) / Math.log(2);
            return happens;
        }

        @Override
        public int choose(int[] starts, int cases, int chosen) {
            bits -= Math.log((starts[chosen + 1] - starts[chosen]) / 65_536.0) / Math.log(2);
            return chosen;
        }
    }
}

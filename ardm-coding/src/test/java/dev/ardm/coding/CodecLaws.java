package dev.ardm.coding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiPredicate;
import java.util.function.Function;

/**
 * What every codec has to keep: pop after push gives back the symbol and the state of the coder, and push after pop gives
 * back the state. Other modules use this check for their own codecs.
 */
public final class CodecLaws {
    private static final int ROUNDS = 200;

    private CodecLaws() {}

    /** Checks a codec whose symbols compare with {@code equals}. */
    public static <S> void check(Codec<S> codec, Function<Random, S> symbols, long seed) {
        check(codec, symbols, seed, ROUNDS, Object::equals);
    }

    /**
     * Checks a codec.
     *
     * @param symbols draws a symbol that the codec can code
     * @param rounds how many symbols are tried in each law
     * @param same whether two symbols are the same
     */
    public static <S> void check(
            Codec<S> codec, Function<Random, S> symbols, long seed, int rounds, BiPredicate<S, S> same) {
        Random random = new Random(seed);
        popAfterPush(codec, symbols, random, rounds, same);
        pushAfterPop(codec, random, rounds);
        manyInOneStack(codec, symbols, random, rounds, same);
    }

    /** Stacks of all kinds: from small heads without words up to many words. */
    public static AnsStack randomStack(Random random) {
        AnsStack stack = AnsStack.of((random.nextLong() >>> 1 + random.nextInt(62)) | 1);
        int words = random.nextInt(3) == 0 ? 0 : random.nextInt(40);
        for (int k = 0; k < words; k++) {
            stack.push(random.nextInt() >>> 1, 1, 31);
        }
        return stack;
    }

    private static <S> void popAfterPush(
            Codec<S> codec, Function<Random, S> symbols, Random random, int rounds, BiPredicate<S, S> same) {
        for (int round = 0; round < rounds; round++) {
            AnsStack stack = randomStack(random);
            AnsStack before = stack.copy();
            S symbol = symbols.apply(random);
            codec.push(stack, symbol);
            S popped = codec.pop(stack);
            assertThat(same.test(symbol, popped))
                    .as("%s comes back as %s", symbol, popped)
                    .isTrue();
            assertThat(stack).as("state after push and pop of %s", symbol).isEqualTo(before);
        }
    }

    private static <S> void pushAfterPop(Codec<S> codec, Random random, int rounds) {
        for (int round = 0; round < rounds; round++) {
            AnsStack stack = randomStack(random);
            AnsStack before = stack.copy();
            S symbol = codec.pop(stack);
            codec.push(stack, symbol);
            assertThat(stack).as("state after pop and push of %s", symbol).isEqualTo(before);
        }
    }

    private static <S> void manyInOneStack(
            Codec<S> codec, Function<Random, S> symbols, Random random, int rounds, BiPredicate<S, S> same) {
        List<S> pushed = new ArrayList<>();
        AnsStack stack = randomStack(random);
        AnsStack before = stack.copy();
        for (int round = 0; round < Math.min(rounds, 20); round++) {
            S symbol = symbols.apply(random);
            pushed.add(symbol);
            codec.push(stack, symbol);
        }
        for (int k = pushed.size() - 1; k >= 0; k--) {
            assertThat(same.test(pushed.get(k), codec.pop(stack)))
                    .as("symbol %s", k)
                    .isTrue();
        }
        assertThat(stack).isEqualTo(before);
    }
}

package dev.ardm.core.engine;

import static dev.ardm.core.engine.Engines.KERNELS;
import static dev.ardm.core.engine.Engines.SCALAR;
import static dev.ardm.core.engine.Engines.assertSameBits;
import static dev.ardm.core.engine.Engines.rounds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ardm.core.engine.RandomProgram.Kind;
import dev.ardm.core.network.Ops;
import dev.ardm.core.network.Weights;
import dev.ardm.exact.Kernels;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every operation of the exact engine, whatever it is fused with, cut into and computed on, gives the bits of its plain composition on the scalar
 * reference and one thread.
 */
class RandomLayersTest {
    private static final int MOST_THREADS = 5;

    private final Random random = new Random(21);

    private int upTo(int max) {
        return 1 + random.nextInt(max);
    }

    /** Items, height, width and channels. */
    private int[] sizes(int round) {
        return switch (round % 5) {
            case 0 -> new int[] {1, 12 + upTo(12), 12 + upTo(12), 16 + upTo(30)}; // worth cutting
            case 1 -> new int[] {upTo(3), 1, 1, upTo(70)};
            case 2 -> new int[] {upTo(2), 1, upTo(200), upTo(40)};
            default -> new int[] {upTo(3), upTo(9), upTo(9), upTo(33)};
        };
    }

    /** Compares a program with its plain composition on all kernels, each with some number of threads. */
    private void compare(RandomProgram program) {
        Weights weights = Engines.weights(random, program.layers());
        float[] expected;
        try (Team team = new Team(1)) {
            ExactArray out =
                    program.run(new PlainOps(new ExactOps(new ExactParameters(program, weights, SCALAR), team)));
            expected = Arrays.copyOf(out.values(), out.size());
        }
        for (Kernels kernels : KERNELS) {
            int threads = upTo(MOST_THREADS);
            String what = kernels.name() + " on " + threads + " threads: " + program;
            assertSameBits(LayerProbe.run(program, weights, program, kernels, threads), expected, what);
        }
        reuse(program, weights, expected);
    }

    /** Evaluations that find their arrays full of what an evaluation before left there. */
    private void reuse(RandomProgram program, Weights weights, float[] expected) {
        try (Team team = new Team(upTo(MOST_THREADS))) {
            ExactOps ops = new ExactOps(new ExactParameters(program, weights, KERNELS.get(0)), team);
            for (int i = 0; i < 3; i++) {
                ExactArray out = program.run(ops);
                assertSameBits(Arrays.copyOf(out.values(), out.size()), expected, "evaluation " + i + ": " + program);
                ops.recycle();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void eachOperation(Kind kind) {
        random.setSeed(kind.ordinal());
        for (int round = 0; round < rounds(10); round++) {
            compare(new RandomProgram(random, sizes(round), List.of(kind)));
        }
    }

    @Test
    void programs() {
        Kind[] kinds = Kind.values();
        for (int round = 0; round < rounds(40); round++) {
            List<Kind> steps = new ArrayList<>();
            for (int i = 1 + upTo(7); i > 0; i--) {
                steps.add(kinds[random.nextInt(kinds.length)]);
            }
            compare(new RandomProgram(random, sizes(round), steps));
        }
    }

    @Test
    void noItemsAndNoPlaces() {
        int[][] empty = {{0, 3, 4, 6}, {2, 0, 5, 6}, {2, 5, 0, 6}, {1, 0, 0, 6}, {0, 0, 0, 6}};
        for (Kind kind : Kind.values()) {
            for (int[] sizes : empty) {
                RandomProgram program = new RandomProgram(random, sizes, List.of(kind, Kind.CONV_SILU, kind));
                Weights weights = Engines.weights(random, program.layers());
                for (Kernels kernels : KERNELS) {
                    for (int threads = 1; threads <= 3; threads++) {
                        float[] out = LayerProbe.run(program, weights, program, kernels, threads);
                        assertThat(out).as(program.toString()).isEmpty();
                    }
                }
            }
        }
    }

    /** What the comparison rests on: that its plain side forwards nothing that is fused. */
    @Test
    void thePlainSideIsPlain() {
        List<String> fused = Stream.of(Ops.class.getMethods())
                .filter(Method::isDefault)
                .map(Method::getName)
                .toList();
        List<String> own = Stream.of(PlainOps.class.getDeclaredMethods())
                .filter(method -> !method.isSynthetic())
                .map(Method::getName)
                .toList();
        assertThat(fused).contains("conv2dSilu", "groupNormSiluAt", "attentionAt", "linearGelu");
        assertThat(own).contains("conv2d", "attention").doesNotContainAnyElementsOf(fused);
    }
}

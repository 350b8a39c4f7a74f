package dev.ardm.core.masking.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ardm.core.RandomStream;
import dev.ardm.core.RandomStream.Purpose;
import dev.ardm.core.Space;
import dev.ardm.core.TinyModels;
import dev.ardm.core.engine.ExactEngine;
import dev.ardm.core.engine.Parallel;
import dev.ardm.core.masking.MaskingModel;
import dev.ardm.core.masking.network.NetworkInput;
import dev.ardm.core.masking.process.OrderAgnostic;
import dev.ardm.exact.Kernels;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Zero tolerance throughout. */
class ItemEngineTest {
    private static final Space SPACE = Space.image(9, 6, 2, 11);
    private final MaskingModel model = TinyModels.random(SPACE, 3);
    private final ItemEngine engine = new ItemEngine(model.network(), model.weights(), Kernels.best());
    private final int[] all =
            java.util.stream.IntStream.range(0, SPACE.dimensions()).toArray();

    private static boolean[] known(int item) {
        return new OrderAgnostic(SPACE)
                .corrupt((10 * item + 0.5) / SPACE.dimensions(), RandomStream.of(1, Purpose.TEST, item))
                .known();
    }

    private static void assertSameBits(float[] a, float[] b) {
        assertThat(a).hasSameSizeAs(b);
        for (int i = 0; i < a.length; i++) {
            assertThat(Float.floatToRawIntBits(a[i])).as("value %d", i).isEqualTo(Float.floatToRawIntBits(b[i]));
        }
    }

    @Test
    void batchAndPlaceInItDoNotMatter() {
        List<int[]> items = TinyModels.items(SPACE, 7, 1);
        int dimensions = SPACE.dimensions();
        int[] values = new int[7 * dimensions];
        boolean[] flags = new boolean[7 * dimensions];
        for (int n = 0; n < 7; n++) {
            System.arraycopy(items.get(n), 0, values, n * dimensions, dimensions);
            System.arraycopy(known(n), 0, flags, n * dimensions, dimensions);
        }
        int[] positions = java.util.stream.IntStream.range(0, 7 * dimensions).toArray();
        float[] batched = engine.worker().logits(new NetworkInput(SPACE, 7, values, flags), positions);
        ItemEngine.Worker worker = engine.worker();
        int each = dimensions * SPACE.maxCategories();
        for (int n = 0; n < 7; n++) {
            float[] alone = worker.logits(items.get(n), known(n), all);
            assertSameBits(alone, Arrays.copyOfRange(batched, n * each, (n + 1) * each));
        }
    }

    @Test
    void askingForFewerPositionsChangesNothing() {
        int[] item = TinyModels.items(SPACE, 1, 2).get(0);
        float[] whole = engine.worker().logits(item, known(4), all);
        int[] some = {107, 3, 2, 44, 45, 0};
        float[] part = engine.worker().logits(item, known(4), some);
        int k = SPACE.maxCategories();
        for (int i = 0; i < some.length; i++) {
            assertSameBits(
                    Arrays.copyOfRange(part, i * k, (i + 1) * k),
                    Arrays.copyOfRange(whole, some[i] * k, (some[i] + 1) * k));
        }
    }

    @Test
    void allKernelsGiveTheSameBits() {
        int[] item = TinyModels.items(SPACE, 1, 3).get(0);
        ItemEngine reference = new ItemEngine(model.network(), model.weights(), Kernels.reference());
        assertSameBits(
                engine.worker().logits(item, known(5), all), reference.worker().logits(item, known(5), all));
    }

    /** From the first evaluation on, in the middle, and for every thread of a team. */
    @Test
    void changingKernelsInTheMiddleDoesNotMatter() {
        List<int[]> items = TinyModels.items(SPACE, 12, 6);
        for (long warmUp : new long[] {1, 1_000_000, 3_000_000}) {
            for (int threads : new int[] {1, 3}) {
                ItemEngine changing = new ItemEngine(
                        model.network(),
                        new ExactEngine(model.network(), model.weights(), Kernels.reference(), warmUp));
                try (ItemEngine.Worker worker = changing.worker(threads);
                        ItemEngine.Worker idle = changing.worker(threads)) {
                    assertThat(changing.kernels()).isSameAs(Kernels.reference());
                    int before = 0;
                    for (int i = 0; i < 12; i++) {
                        before += changing.kernels() == Kernels.reference() ? 1 : 0;
                        assertSameBits(
                                worker.logits(items.get(i), known(i % 9), all),
                                engine.worker().logits(items.get(i), known(i % 9), all));
                    }
                    assertThat(before).as("evaluations before the change").isBetween(1, 11);
                    assertThat(changing.kernels()).isSameAs(Kernels.best());
                    assertSameBits(
                            idle.logits(items.get(0), known(3), all),
                            engine.worker().logits(items.get(0), known(3), all));
                }
            }
        }
    }

    @Test
    void threadsDoNotMatter() {
        List<int[]> items = TinyModels.items(SPACE, 12, 4);
        List<float[]> one =
                Parallel.map(1, 12, engine::worker, (worker, i) -> worker.logits(items.get(i), known(i % 9), all));
        List<float[]> five =
                Parallel.map(5, 12, engine::worker, (worker, i) -> worker.logits(items.get(i), known(i % 9), all));
        for (int i = 0; i < 12; i++) {
            assertSameBits(one.get(i), five.get(i));
        }
    }

    @Test
    void whatIsUnknownCannotBeSeen() {
        int[] item = TinyModels.items(SPACE, 1, 5).get(0);
        boolean[] known = known(5);
        int[] other = item.clone();
        for (int i = 0; i < other.length; i++) {
            if (!known[i]) {
                other[i] = (other[i] + 1 + i % 10) % 11;
            }
        }
        assertSameBits(engine.worker().logits(item, known, all), engine.worker().logits(other, known, all));
    }

    @Test
    void anAbsorbedVariableIsNoDataValue() {
        boolean[] known = known(5);
        int hidden = 0;
        while (known[hidden]) {
            hidden++;
        }
        int[] item = TinyModels.items(SPACE, 1, 6).get(0);
        float[] absorbed = engine.worker().logits(item, known, all);
        known[hidden] = true;
        for (int value = 0; value < 11; value++) {
            item[hidden] = value;
            assertThat(engine.worker().logits(item, known, all)).isNotEqualTo(absorbed);
        }
    }
}

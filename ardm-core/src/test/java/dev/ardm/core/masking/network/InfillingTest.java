package dev.ardm.core.masking.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.ardm.coding.format.ItemLayout;
import dev.ardm.core.Item;
import dev.ardm.core.PartialItem;
import dev.ardm.core.RandomStream;
import dev.ardm.core.RandomStream.Purpose;
import dev.ardm.core.Space;
import dev.ardm.core.TinyModels;
import dev.ardm.core.masking.MaskingDefinition;
import dev.ardm.core.masking.MaskingModel;
import dev.ardm.core.masking.engine.ItemEngine;
import dev.ardm.core.masking.output.OutputDistribution;
import dev.ardm.core.masking.plan.MaskingPlan;
import dev.ardm.core.masking.process.Autoregressive;
import dev.ardm.core.masking.process.Corruption;
import dev.ardm.core.masking.process.Process;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.network.CausalTransformerConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Sequences that are generated in their order, given any of their values: what each place sees, and what is filled in. */
class InfillingTest {
    private static final int D = 11;
    private static final int K = 5;
    private static final CausalTransformerConfig SIZES =
            new CausalTransformerConfig(2, 12, 3, 20, 50, false, 0).withAhead(2);

    private static Space space(int length, int categories) {
        return Space.of(new int[] {length}, categories, Space.Scale.NOMINAL);
    }

    private static MaskingModel model(int length, int categories) {
        Process process = Autoregressive.infilling(space(length, categories));
        return TinyModels.random(new MaskingDefinition(process, OutputDistribution.of(process), SIZES, ""), 4);
    }

    private static boolean[] flags(int length, int... known) {
        boolean[] flags = new boolean[length];
        for (int place : known) {
            flags[place] = true;
        }
        return flags;
    }

    /** The known units, then the others. */
    private static int[] order(boolean[] known) {
        return IntStream.concat(
                        IntStream.range(0, known.length).filter(i -> known[i]),
                        IntStream.range(0, known.length).filter(i -> !known[i]))
                .toArray();
    }

    /** The logits of all places of an item that is shown in full, if some of it was known at first. */
    private static float[] logits(MaskingModel model, int[] item, boolean[] known) {
        boolean[] all = new boolean[item.length];
        Arrays.fill(all, true);
        NetworkInput input = new NetworkInput(model.process(), 1, item, all, new int[1], new int[][] {order(known)});
        return new ItemEngine(model.network(), model.weights())
                .worker()
                .logits(input, IntStream.range(0, item.length).toArray());
    }

    /** A place sees all values before it, and those beyond the first gap that are known; nothing else. */
    @Test
    void aPlaceSeesWhatIsBeforeItAndWhatIsKnown() {
        MaskingModel model = model(D, K);
        for (boolean[] known : List.of(
                flags(D),
                flags(D, 0, 1, 2),
                flags(D, 3, 5, 10),
                flags(D, 0, 1, 6),
                flags(D, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10))) {
            int gap = IntStream.range(0, D).filter(i -> !known[i]).findFirst().orElseThrow();
            int[] item = TinyModels.items(model.space(), 1, 3).get(0);
            float[] before = logits(model, item, known);
            for (int place = 0; place < D; place++) {
                int[] other = item.clone();
                other[place] = (item[place] + 2) % K;
                float[] after = logits(model, other, known);
                for (int at = 0; at < D; at++) {
                    boolean same = Arrays.equals(before, at * K, (at + 1) * K, after, at * K, (at + 1) * K);
                    boolean seen = place < at || known[place] && place > gap;
                    assertThat(same)
                            .as("%d from %d, %s", place, at, Arrays.toString(known))
                            .isEqualTo(!seen);
                }
            }
        }
    }

    /** A beginning that is known needs no copies: archives in windows have the same bits with and without. */
    @Test
    void aBeginningIsNotCopied() {
        MaskingModel model = model(D, K);
        int[] item = TinyModels.items(model.space(), 1, 3).get(0);
        assertThat(logits(model, item, flags(D, 0, 1, 2))).containsExactly(logits(model, item, flags(D)));
        assertThat(logits(model, item, flags(D, 0, 2))).isNotEqualTo(logits(model, item, flags(D)));
    }

    /** The probabilities of all completions add up to 1. */
    @Test
    void completionsAreADistribution() {
        MaskingModel model = model(6, 3);
        for (boolean[] known : List.of(flags(6), flags(6, 2, 5), flags(6, 0, 3, 4), flags(6, 5))) {
            int[] unknown = IntStream.range(0, 6).filter(i -> !known[i]).toArray();
            int completions = (int) Math.pow(3, unknown.length);
            double sum = 0;
            double largest = 0;
            for (int number = 0; number < completions; number++) {
                int[] item = {1, 2, 0, 1, 1, 2};
                int rest = number;
                for (int place : unknown) {
                    item[place] = rest % 3;
                    rest /= 3;
                }
                float[] logits = logits(model, item, known);
                double product = 1;
                for (int place : unknown) {
                    double all = 0;
                    for (int value = 0; value < 3; value++) {
                        all += Math.exp(logits[place * 3 + value]);
                    }
                    product *= Math.exp(logits[place * 3 + item[place]]) / all;
                }
                sum += product;
                largest = Math.max(largest, product);
            }
            assertThat(sum).isCloseTo(1, within(1e-4));
            assertThat(largest).isGreaterThan(1.5 / completions);
        }
    }

    /** In windows of longer items too; the same seed gives the same, for any number of threads and items side by side. */
    @Test
    void fillingChangesNothingKnown() {
        MaskingModel model = model(D, K);
        int[] lengths = {D, 4, 40, 1, 25};
        List<PartialItem> items = new ArrayList<>();
        for (int n = 0; n < lengths.length; n++) {
            RandomStream random = RandomStream.of(2, Purpose.TEST, n);
            int[] values = new int[lengths[n]];
            boolean[] known = new boolean[lengths[n]];
            for (int i = 0; i < values.length; i++) {
                values[i] = random.nextInt(K);
                known[i] = random.nextInt(2) == 0;
            }
            items.add(new PartialItem(new Item("", values, new byte[0]), known));
        }
        List<int[]> first = List.of();
        for (int threads : new int[] {1, 3}) {
            LikelihoodModel open = model.open(threads);
            List<int[]> filled = open
                    .generator(number -> open.plan(1000), ItemLayout.sequences(3, 0), 1)
                    .generate(items, 0, 7, done -> {})
                    .stream()
                    .map(Item::values)
                    .toList();
            for (int n = 0; n < lengths.length; n++) {
                int[] before = items.get(n).item().values();
                assertThat(filled.get(n)).hasSize(lengths[n]);
                for (int i = 0; i < lengths[n]; i++) {
                    assertThat(filled.get(n)[i]).isBetween(0, K - 1);
                    if (items.get(n).known()[i]) {
                        assertThat(filled.get(n)[i]).isEqualTo(before[i]);
                    }
                }
            }
            assertThat(filled).anySatisfy(values -> assertThat(values).hasSize(40));
            if (threads == 3) {
                for (int n = 0; n < lengths.length; n++) {
                    assertThat(filled.get(n)).isEqualTo(first.get(n));
                }
            }
            first = filled;
        }
    }

    /** What training draws: any number known, up to nine in ten; gaps in one piece and in many. */
    @Test
    void examplesHaveGapsOfAllKinds() {
        Autoregressive process = Autoregressive.infilling(space(40, K));
        int[] known = new int[41];
        int pieces = 0;
        for (int n = 0; n < 2000; n++) {
            Corruption corruption = process.infilled(RandomStream.of(1, Purpose.TEST, n));
            boolean[] predicted = corruption.predicted();
            known[40 - corruption.count()]++;
            boolean[] flags = new boolean[40];
            int gaps = 0;
            for (int i = 0; i < 40; i++) {
                flags[i] = !predicted[i];
                gaps += predicted[i] && (i == 0 || !predicted[i - 1]) ? 1 : 0;
            }
            pieces += gaps > 1 ? 1 : 0;
            assertThat(corruption.order()).containsExactly(order(flags));
            assertThat(corruption.known()).doesNotContain(false);
        }
        for (int count = 0; count <= 36; count++) {
            assertThat(known[count]).as("%d known", count).isBetween(25, 90);
        }
        assertThat(known[37] + known[38] + known[39] + known[40]).isZero();
        assertThat(pieces).isBetween(600, 1000);
    }

    @Test
    void onlyTheNaturalOrderIsPlanned() {
        LikelihoodModel open = model(D, K).open(1);
        assertThat(((MaskingPlan) open.plan(3)).describe()).isEqualTo("natural");
        MaskingPlan spread = MaskingPlan.spread(((MaskingModel) open.model()).schedule(3));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> open.readPlan(spread.toBytes()))
                .withMessageContaining("natural order only");
    }
}

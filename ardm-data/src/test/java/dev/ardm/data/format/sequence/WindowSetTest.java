package dev.ardm.data.format.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ardm.core.Space;
import dev.ardm.data.DataException;
import dev.ardm.data.ItemSet;
import dev.ardm.data.format.MemoryBudget;
import dev.ardm.data.format.sequence.WindowSet.Span;
import dev.ardm.data.format.sequence.WindowSet.Trailing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Windows of sequences. */
class WindowSetTest {
    private static final int RESTING = 7;

    private static SymbolSequence sequence(int[] symbols, int categories) throws DataException {
        SymbolSequence.Builder builder = new SymbolSequence.Builder("x", categories, new MemoryBudget(1L << 40), false);
        for (int symbol : symbols) {
            builder.add(symbol);
        }
        return builder.build();
    }

    private static int[] random(int length, int categories, Random random) {
        return random.ints(length, 0, categories).toArray();
    }

    private static WindowSet windows(
            List<int[]> all, int categories, int window, int stride, int frame, Trailing trailing)
            throws DataException {
        List<SymbolSequence> sequences = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int[] symbols : all) {
            sequences.add(sequence(symbols, categories));
            names.add("file" + names.size());
        }
        Space space = Space.of(new int[] {window}, categories, Space.Scale.NOMINAL);
        return new WindowSet(space, stride, trailing, frame, RESTING, names, sequences, List.of());
    }

    @ParameterizedTest
    @CsvSource({"1,1,1", "5,5,1", "5,2,1", "5,1,1", "6,6,2", "6,2,2", "9,6,3", "64,64,1", "64,17,1"})
    void everySymbolCountsOnce(int window, int stride, int frame) throws DataException {
        Random random = new Random(window);
        List<int[]> all = new ArrayList<>();
        for (int length = 0; length < 40; length++) {
            all.add(random(random.nextInt(4) == 0 ? 0 : length, 300, random));
        }
        all.add(new int[0]);
        for (Trailing trailing : Trailing.values()) {
            WindowSet set = windows(all, 300, window, stride, frame, trailing);
            List<int[]> counts =
                    all.stream().map(symbols -> new int[symbols.length]).toList();
            long counted = 0;
            for (int i = 0; i < set.size(); i++) {
                int[] item = set.item(i);
                int[] symbols = all.get(set.sequence(i));
                int start = set.start(i);
                Span span = set.counted(i);
                assertThat(set.name(i)).isEqualTo("file" + set.sequence(i) + "@" + start);
                assertThat(item).hasSize(window);
                assertThat(start % frame).isZero();
                int usable = symbols.length - symbols.length % frame;
                for (int k = 0; k < window; k++) {
                    assertThat(item[k]).isEqualTo(start + k < usable ? symbols[start + k] : RESTING);
                }
                assertThat(set.length(i)).isEqualTo(Math.min(window, usable - start));
                assertThat(set.present(i)).isEqualTo(Arrays.copyOfRange(symbols, start, start + set.length(i)));
                ItemSet view = set.subset(new int[] {i}).limit(1);
                assertThat(view.length(0)).isEqualTo(set.length(i));
                for (int k = span.from(); k < span.to(); k++) {
                    counts.get(set.sequence(i))[start + k]++;
                    counted++;
                }
            }
            assertThat(set.symbols() - set.leftOut()).isEqualTo(counted);
            for (int[] count : counts) {
                int usable = count.length - count.length % frame;
                // What was left out is at the end, and is shorter than a stride.
                int end = trailing == Trailing.OVERLAP || usable <= window
                        ? usable
                        : (usable - window) / stride * stride + window;
                for (int k = 0; k < count.length; k++) {
                    assertThat(count[k]).isEqualTo(k < end ? 1 : 0);
                }
            }
        }
    }

    @Test
    void sequencesMayBeLongerThanAPiece() throws DataException {
        for (int categories : new int[] {256, 65536}) {
            int[] symbols = random((1 << 19) + 77, categories, new Random(3));
            WindowSet set = windows(List.of(symbols), categories, 1000, 999, 1, Trailing.OVERLAP);
            assertThat(sequence(symbols, categories).toArray()).isEqualTo(symbols);
            int[] last = set.item(set.size() - 1);
            for (int k = 0; k < 1000; k++) {
                assertThat(last[k]).isEqualTo(symbols[symbols.length - 1000 + k]);
            }
        }
    }

    @Test
    void symbolsTakeAByteOrTwo() throws DataException {
        for (int categories : new int[] {256, 257}) {
            int bytes = categories == 256 ? 1 : 2;
            MemoryBudget budget = new MemoryBudget((long) bytes * 1_000_000);
            SymbolSequence.Builder builder = new SymbolSequence.Builder("big.txt", categories, budget, false);
            for (int i = 0; i < 700_000; i++) {
                builder.add(255);
            }
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 400_000; i++) {
                            builder.add(255);
                        }
                    })
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("big.txt")
                    .hasMessageContaining("-Xmx");
        }
    }

    @Test
    void thereMustBeAWindow() {
        assertThatThrownBy(() -> windows(List.of(new int[0]), 256, 4, 4, 1, Trailing.OVERLAP))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("file0: no symbols to make windows of");
    }
}

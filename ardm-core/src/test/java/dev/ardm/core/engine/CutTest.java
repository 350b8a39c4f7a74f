package dev.ardm.core.engine;

import static dev.ardm.core.engine.Engines.rounds;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class CutTest {
    private final Random random = new Random(23);

    private Cut random(int maxRows, int maxColumns) {
        int rows = random.nextInt(1 + maxRows);
        int columns = random.nextInt(1 + maxColumns);
        int threads = 1 + random.nextInt(random.nextBoolean() ? 5 : 64);
        double least = 1 + random.nextInt(1000);
        double workEach = random.nextDouble() * (random.nextBoolean() ? 1 : 1000);
        Cut cut = Cut.of(rows, columns, threads, workEach, least);
        long whole = (long) rows * columns;
        long most = Math.min(4L * threads, (long) (whole * workEach / least));
        assertThat((long) cut.count()).as(cut + " for " + threads).isLessThanOrEqualTo(Math.max(1, most));
        assertThat(cut.count()).isEqualTo(whole == 0 ? 0 : Math.max(1, cut.count()));
        if (threads == 1) {
            assertThat(cut.count()).isLessThanOrEqualTo(1);
        }
        return cut;
    }

    @Test
    void rectanglesCoverTheGridOnce() {
        for (int round = 0; round < rounds(2000); round++) {
            Cut cut = random(60, round % 3 == 0 ? 1 : 40);
            int[][] covered = new int[cut.rows()][cut.columns()];
            for (int i = 0; i < cut.count(); i++) {
                assertThat(cut.endRow(i)).isGreaterThan(cut.firstRow(i));
                assertThat(cut.endColumn(i)).isGreaterThan(cut.firstColumn(i));
                for (int row = cut.firstRow(i); row < cut.endRow(i); row++) {
                    for (int column = cut.firstColumn(i); column < cut.endColumn(i); column++) {
                        covered[row][column]++;
                    }
                }
            }
            for (int[] row : covered) {
                for (int times : row) {
                    assertThat(times).as("%s", cut).isEqualTo(1);
                }
            }
        }
    }

    @Test
    void enoughWorkIsSharedAmongAllThreads() {
        for (int threads = 2; threads <= 16; threads++) {
            assertThat(Cut.of(1000, 1, threads, 1000, 10).count()).isGreaterThanOrEqualTo(threads);
            assertThat(Cut.of(1, 1000, threads, 1000, 10).count()).isGreaterThanOrEqualTo(threads);
            assertThat(Cut.of(1000, 3, threads, 1000, 3_000_001).count()).isEqualTo(1);
        }
    }

    /** Grids of about as many rows as there are numbers. */
    @Test
    void hugeGridsAreCoveredToo() {
        for (int rows : new int[] {(1 << 30) + 1, 1_900_000_000, Integer.MAX_VALUE - 64, Integer.MAX_VALUE}) {
            for (int threads : new int[] {1, 2, 3, 8, 16}) {
                Cut cut = Cut.of(rows, 1, threads, 1, 4096);
                assertThat(cut.count()).as("%s", cut).isPositive();
                int next = 0;
                for (int i = 0; i < cut.count(); i++) {
                    assertThat(cut.firstRow(i)).as("%s", cut).isEqualTo(next);
                    assertThat(cut.endRow(i)).as("%s", cut).isGreaterThan(next);
                    assertThat(cut.firstColumn(i)).isZero();
                    assertThat(cut.endColumn(i)).isEqualTo(1);
                    next = cut.endRow(i);
                }
                assertThat(next).as("%s", cut).isEqualTo(rows);
            }
        }
    }
}

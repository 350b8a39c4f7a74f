package dev.ardm.bench.imputation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ardm.core.RandomStream;
import dev.ardm.core.RandomStream.Purpose;
import java.util.ArrayList;
import java.util.List;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class GradientBoostingTest {
    /** XGBoost brings no OpenMP library of its own, and has none for some platforms. */
    @BeforeAll
    static void nativesLoad() {
        try {
            new DMatrix(new float[] {1}, 1, 1, Float.NaN).dispose();
        } catch (XGBoostError | LinkageError e) {
            assumeTrue(false, "XGBoost's native library does not load here: " + e);
        }
    }

    /** Columns x and y in 0..9; the word says whether x > 4, but one in eight rows lies. */
    private static CsvTable table(int rows, long seed) {
        List<List<String>> table = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            RandomStream random = RandomStream.of(seed, Purpose.TEST, i);
            int x = random.nextInt(10);
            int y = random.nextInt(10);
            boolean more = (x > 4) != (random.nextInt(8) == 0);
            table.add(List.of(Integer.toString(x), Integer.toString(y), more ? "more" : "less"));
        }
        return new CsvTable(List.of("x", "y", "word"), table);
    }

    @Test
    void treesFindWhatFrequenciesCannot() throws Exception {
        HiddenColumns protocol = new HiddenColumns(table(4000, 0), table(1000, 1));
        HiddenColumns.Score trees = score(protocol, 2, new GradientBoosting(protocol.training(), 2).seeded(0));
        double entropy = -(0.125 * Math.log(0.125) + 0.875 * Math.log(0.875)) / Math.log(2);
        assertThat(trees.accuracy()).isCloseTo(0.875, within(0.03));
        assertThat(trees.bits()).isCloseTo(entropy, within(0.06));
        HiddenColumns.Score x = score(protocol, 0, new GradientBoosting(protocol.training(), 0).seeded(0));
        HiddenColumns.Score median = score(protocol, 0, new MarginalDistribution(protocol.training(), 0));
        assertThat(x.absoluteError()).isLessThan(0.9 * median.absoluteError());
        assertThat(x.bits()).isLessThan(median.bits() - 0.2);
    }

    @Test
    void aSeedAlwaysGivesTheSame() throws Exception {
        HiddenColumns protocol = new HiddenColumns(table(500, 0), table(100, 1));
        HiddenColumns.Score once = score(protocol, 2, new GradientBoosting(protocol.training(), 2).seeded(3));
        HiddenColumns.Score again = score(protocol, 2, new GradientBoosting(protocol.training(), 2).seeded(3));
        HiddenColumns.Score other = score(protocol, 2, new GradientBoosting(protocol.training(), 2).seeded(4));
        assertThat(again).isEqualTo(once);
        assertThat(other.bits()).isNotEqualTo(once.bits());
    }

    private static HiddenColumns.Score score(HiddenColumns protocol, int column, ColumnPredictor predictor)
            throws Exception {
        return protocol.score(column, predictor.predict(protocol.rows(column)));
    }

    /** Rare values among many: the first steps of boosting must not overshoot. */
    @Test
    void manyRareValuesAreNotWorseThanTheirFrequencies() throws Exception {
        HiddenColumns protocol = new HiddenColumns(rare(3000, 0), rare(1000, 1));
        HiddenColumns.Score trees = score(protocol, 0, new GradientBoosting(protocol.training(), 0).seeded(0));
        HiddenColumns.Score frequencies = score(protocol, 0, new MarginalDistribution(protocol.training(), 0));
        assertThat(trees.bits()).isLessThan(frequencies.bits() + 0.1);
    }

    private static CsvTable rare(int rows, long seed) {
        List<List<String>> table = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            RandomStream random = RandomStream.of(seed, Purpose.TEST, i);
            int value = random.nextInt(10) > 0 ? 0 : random.nextInt(40);
            table.add(List.of(Integer.toString(value), value > 20 ? "high" : "low"));
        }
        return new CsvTable(List.of("value", "word"), table);
    }
}

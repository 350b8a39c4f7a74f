package dev.ardm.core.counts.row;

import dev.ardm.core.counts.NextValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The next value of a row, from left to right. */
final class NextColumn implements NextValue {
    private final List<ColumnPredictor.Lane> lanes = new ArrayList<>();
    private final int most;
    private final int[] row;
    private int column;

    /**
     * @param predictors of the columns from left to right, each by columns before
     * @param most the most categories of a column
     */
    NextColumn(List<ColumnPredictor> predictors, int most) {
        predictors.forEach(predictor -> lanes.add(predictor.new Lane()));
        this.most = most;
        this.row = new int[predictors.size()];
    }

    /** {@inheritDoc} Columns of fewer categories have the others as unlikely as can be said. */
    @Override
    public int outcomes() {
        return most;
    }

    @Override
    public void begin() {
        column = 0;
    }

    @Override
    public void logs(float[] out, int at) {
        double[] probabilities = lanes.get(column).distribution(row);
        Arrays.fill(out, at, at + most, (float) LEAST);
        for (int value = 0; value < probabilities.length; value++) {
            out[at + value] = NextValue.log(probabilities[value]);
        }
    }

    @Override
    public void append(int value) {
        row[column++] = value;
    }
}

package dev.ardm.bench.imputation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoostError;

/** Rows as a sparse matrix: numeric columns as numbers, of the others one indicator for each text seen in training. */
final class RowFeatures {
    private final List<Vocabulary> vocabularies = new ArrayList<>();
    private final int[] first;
    private final int hidden;

    RowFeatures(CsvTable training, int hidden) {
        this.hidden = hidden;
        int columns = training.names().size();
        first = new int[columns + 1];
        for (int column = 0; column < columns; column++) {
            Vocabulary vocabulary = new Vocabulary(training, column);
            vocabularies.add(vocabulary);
            int width = column == hidden ? 0 : vocabulary.numeric() ? 1 : vocabulary.size();
            first[column + 1] = first[column] + width;
        }
    }

    /** Shape {@code [rows, features]}; a text that training has not has no indicator. */
    DMatrix matrix(List<List<String>> rows) throws XGBoostError {
        int columns = vocabularies.size();
        long[] starts = new long[rows.size() + 1];
        int[] features = new int[rows.size() * columns];
        float[] values = new float[features.length];
        int n = 0;
        for (int row = 0; row < rows.size(); row++) {
            for (int column = 0; column < columns; column++) {
                String text = rows.get(row).get(column);
                if (column == hidden) {
                    continue;
                }
                if (vocabularies.get(column).numeric()) {
                    features[n] = first[column];
                    values[n++] = Long.parseLong(text);
                } else if (vocabularies.get(column).of(text) >= 0) {
                    features[n] = first[column] + vocabularies.get(column).of(text);
                    values[n++] = 1;
                }
            }
            starts[row + 1] = n;
        }
        return new DMatrix(
                starts,
                Arrays.copyOf(features, n),
                Arrays.copyOf(values, n),
                DMatrix.SparseType.CSR,
                first[columns],
                Float.NaN,
                1);
    }
}

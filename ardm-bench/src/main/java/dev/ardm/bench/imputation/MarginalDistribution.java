package dev.ardm.bench.imputation;

import java.util.Collections;
import java.util.List;

/** The frequencies of the training rows, independent of the other columns: their mode, their median. */
final class MarginalDistribution implements ColumnPredictor {
    private final Prediction distribution;

    MarginalDistribution(CsvTable training, int column) {
        Vocabulary vocabulary = new Vocabulary(training, column);
        float[] counts = new float[vocabulary.size()];
        for (String text : training.column(column)) {
            counts[vocabulary.of(text)]++;
        }
        distribution = vocabulary.distribution(counts);
    }

    @Override
    public List<Prediction> predict(List<List<String>> rows) {
        return Collections.nCopies(rows.size(), distribution);
    }
}

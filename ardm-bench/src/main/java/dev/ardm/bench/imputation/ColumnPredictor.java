package dev.ardm.bench.imputation;

import java.util.List;

/** Predicts hidden fields of one column. */
public interface ColumnPredictor {
    /**
     * Predicts a field of each row from the other fields.
     *
     * @param rows fields by column; what stands at the hidden column is empty
     * @return one prediction a row
     */
    List<Prediction> predict(List<List<String>> rows) throws Exception;
}

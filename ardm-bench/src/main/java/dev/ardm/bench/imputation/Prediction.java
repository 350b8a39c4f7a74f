package dev.ardm.bench.imputation;

/** The prediction of one hidden field. */
public interface Prediction {
    /** The one field text to guess: of a distribution the most probable. */
    String value();

    /** The one number to guess where the error is absolute: of a distribution the median. NaN if the column is not numeric. */
    double number();

    /** Probability of a field text, in (0, 1]; NaN if the predictor has no distribution. */
    double probability(String text);

    /** A guess without a distribution. */
    static Prediction point(String value, double number) {
        return new Prediction() {
            @Override
            public String value() {
                return value;
            }

            @Override
            public double number() {
                return number;
            }

            @Override
            public double probability(String text) {
                return Double.NaN;
            }
        };
    }
}

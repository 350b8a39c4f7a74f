package dev.ardm.reference;

/**
 * What is known of an item in the middle of a stage (arithmetic.md, Stages and units).
 *
 * @param values of which no more is looked at than is known
 * @param known of each variable, whether the stage has told it already
 */
record ReferenceSight(ReferenceProcess process, int[] values, boolean[] known, int stage) {

    /** How many stages have told a variable. */
    int done(int position) {
        return known[position] ? stage + 1 : stage;
    }

    int least(int position) {
        return process.least(values[position], done(position));
    }

    /** The middle of the interval on the scale from -1 to 1. */
    float number(int position) {
        int k = process.categories();
        int least = least(position);
        int most = process.end(least, done(position)) - 1;
        return (float) (least + most - (k - 1)) / (float) (k - 1);
    }

    /** Whether anything is known of a variable. */
    boolean told(int position) {
        return done(position) > 0;
    }

    /** A number, held within the interval of a variable in all stages but the first. */
    float held(int position, float number) {
        if (stage == 0) {
            return number;
        }
        int k = process.categories();
        int least = least(position);
        float low = (float) (2 * least - (k - 1)) / (float) (k - 1);
        float high = (float) (2 * (process.end(least, done(position)) - 1) - (k - 1)) / (float) (k - 1);
        return number < low ? low : number > high ? high : number;
    }
}

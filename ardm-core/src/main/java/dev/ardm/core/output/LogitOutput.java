package dev.ardm.core.output;

/**
 * Distributions given by logits. The distribution of the next digit of a variable is the softmax over the logits of the values it can
 * still have, those of one digit added up.
 */
public sealed interface LogitOutput extends OutputDistribution permits Categorical, Digits {
    /**
     * Index of the first logit that speaks of the values a variable can still have.
     *
     * @param position the variable
     * @param least the least value it can have
     */
    int first(int position, int stage, int least);

    /**
     * Number of neighbouring logits that make up one digit.
     *
     * @param digitWidth number of values with the same digit
     */
    int perDigit(int digitWidth);
}

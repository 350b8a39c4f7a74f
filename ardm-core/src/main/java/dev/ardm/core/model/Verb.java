package dev.ardm.core.model;

/** Operations of models. A family, or a model of it, may lack some ({@link LikelihoodModel#require}). */
public enum Verb {
    /** Draw whole items. */
    SAMPLE,
    /** Draw the unknown values of items. */
    FILL,
    /** Measure the information content of each unit of items by a plan. */
    SCORE,
    /** Code items losslessly. */
    COMPRESS,
    /** Code images of any size losslessly. */
    IMAGES_OF_ANY_SIZE,
    /** Give the distribution of one variable given any others. */
    CONDITIONALS,
    /** Choose network calls by measured costs. */
    PLAN
}

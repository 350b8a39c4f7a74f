package dev.ardm.core.model;

/** What models can do; a family, or a model of it, may lack some ({@link LikelihoodModel#require}). */
public enum Verb {
    /** Draw items of which nothing is known. */
    SAMPLE,
    /** Draw what is unknown of items. */
    FILL,
    /** Measure the information content of each unit of items by a plan. */
    SCORE,
    /** Code items losslessly. */
    COMPRESS,
    /** Do so with images of any size. */
    IMAGES_OF_ANY_SIZE,
    /** Give the distribution of one variable given any others. */
    CONDITIONALS,
    /** Choose when to call the network from measured costs. */
    PLAN
}

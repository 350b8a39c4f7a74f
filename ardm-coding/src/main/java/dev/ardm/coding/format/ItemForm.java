package dev.ardm.coding.format;

/** How an archive keeps an item. */
public enum ItemForm {
    /** With the model, as a checked stream. */
    CODED,
    /** Its values without the model. */
    STORED,
    /** The bytes that it was made of, without the model. */
    WHOLE,
    /** Not at all: it equals an item that the model contains. */
    LEARNT
}

/**
 * The data of a program: what training data is opened as, and the format that a model was trained on. Start with {@link
 * dev.ardm.app.data.TrainingData}. It must not know what is done with the items.
 */
@org.jspecify.annotations.NullMarked
package dev.ardm.app.data;

/**
 * Draws new items, of the model's size or another. Start with {@link dev.ardm.app.sample.Sampling}. It must not know how they are
 * written.
 */
@org.jspecify.annotations.NullMarked
package dev.ardm.app.sample;

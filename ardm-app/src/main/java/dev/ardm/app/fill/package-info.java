/**
 * Draws what is missing of items: one mask language, one way through files. Start with {@link dev.ardm.app.fill.Filling}. It must
 * not know how a model draws, nor how a format keeps its files.
 */
@org.jspecify.annotations.NullMarked
package dev.ardm.app.fill;

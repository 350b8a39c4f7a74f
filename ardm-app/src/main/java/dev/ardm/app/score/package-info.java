/**
 * How likely items are to a model, unit by unit. Start with {@link dev.ardm.app.score.Scoring}. It must not know archives, nor a
 * console.
 */
@org.jspecify.annotations.NullMarked
package dev.ardm.app.score;

/**
 * Weights in few bytes: {@link dev.ardm.core.weights.WeightGrid} makes them multiples of a step, {@link dev.ardm.core.weights.WeightsWriter} codes any
 * finite weights without loss, multiples of a step in few bits, and {@link dev.ardm.core.weights.WeightsReader} gives them back. It knows no models.
 */
@NullMarked
package dev.ardm.core.weights;

import org.jspecify.annotations.NullMarked;

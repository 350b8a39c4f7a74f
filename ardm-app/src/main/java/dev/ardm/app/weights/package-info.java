/** How few bytes the weights of a network take: start at {@link dev.ardm.app.weights.StoredWeights}. */
@NullMarked
package dev.ardm.app.weights;

import org.jspecify.annotations.NullMarked;

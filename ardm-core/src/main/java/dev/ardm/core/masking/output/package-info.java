/**
 * What the outputs of a network say of the values of a unit. Start at {@link dev.ardm.core.masking.output.OutputDistribution}. In floating point, for
 * losses and reports; coded integers are made in {@code arithmetic}. It must not know networks or plans.
 */
@NullMarked
package dev.ardm.core.masking.output;

import org.jspecify.annotations.NullMarked;

/**
 * The family of models that learn items by masking them: order-agnostic, depth upscaling, and the autoregressive baselines. Start
 * at {@link dev.ardm.core.masking.Walk}, the loop that sampling, filling and decoding share, and {@link dev.ardm.core.masking.Policy}. Only
 * {@link dev.ardm.core.family.Models} may name this package inside {@code core.model} and {@code core.archive}; it must not know
 * archives.
 */
@NullMarked
package dev.ardm.core.masking;

import org.jspecify.annotations.NullMarked;

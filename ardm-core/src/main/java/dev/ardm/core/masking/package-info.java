/**
 * The family of models that learn items by masking them: order-agnostic, depth upscaling, and the autoregressive baselines. Start
 * at {@link dev.ardm.core.masking.Generation}, the one loop that sampling, filling, coding, decoding and scoring share. Only
 * {@link dev.ardm.core.model.Models} may name this package inside {@code core.model} and {@code core.archive}; it must not know
 * archives.
 */
@NullMarked
package dev.ardm.core.masking;

import org.jspecify.annotations.NullMarked;

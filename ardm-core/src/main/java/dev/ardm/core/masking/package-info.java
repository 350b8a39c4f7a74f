/**
 * The family of models that learn items by masking them: order-agnostic, depth upscaling, and the autoregressive baselines. Start at
 * {@link dev.ardm.core.masking.MaskingModel}, the content of a model file, then {@link dev.ardm.core.masking.Walk}, the loop that sampling, filling and decoding
 * share, and {@link dev.ardm.core.masking.call.Policy}. It must not know archives; only {@code core.family} and programs that are for masking models may
 * name it.
 */
@NullMarked
package dev.ardm.core.masking;

import org.jspecify.annotations.NullMarked;

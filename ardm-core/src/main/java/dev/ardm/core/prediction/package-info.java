/**
 * The family for signals, such as sound: linear predictors that learn each item while it is coded, and a small network that says from
 * them how the next sample is distributed.
 */
@NullMarked
package dev.ardm.core.prediction;

import org.jspecify.annotations.NullMarked;

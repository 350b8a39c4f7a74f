/**
 * The family of pairs: one file with a model that stores, scores and samples, and another that fills in whatever is missing. Start at
 * {@link dev.ardm.core.pair.PairModel}. It knows no other family: {@link dev.ardm.core.pair.PairFamily} is told which parts there may be.
 */
@NullMarked
package dev.ardm.core.pair;

import org.jspecify.annotations.NullMarked;

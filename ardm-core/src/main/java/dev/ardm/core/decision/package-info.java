/**
 * Codes decisions, one after the other, with probabilities in 1/65,536: {@link dev.ardm.core.decision.SymbolCoder} is the same code for
 * writing and reading, {@link dev.ardm.core.decision.AdaptiveBits} learns the probabilities while it codes.
 */
@NullMarked
package dev.ardm.core.decision;

import org.jspecify.annotations.NullMarked;

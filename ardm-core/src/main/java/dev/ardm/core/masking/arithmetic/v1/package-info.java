/**
 * Version 1 of the arithmetic, part of the archive format: not one bit that it computes may change. docs/arithmetic.md describes it.
 * Start at {@code DigitDistributions}.
 */
@NullMarked
package dev.ardm.core.masking.arithmetic.v1;

import org.jspecify.annotations.NullMarked;

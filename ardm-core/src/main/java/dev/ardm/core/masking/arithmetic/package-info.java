/**
 * From a network's outputs to the integer distributions that are coded. This package says what every version of the arithmetic does;
 * each version is a package inside it, chosen by {@code core.masking.Arithmetics}.
 */
@NullMarked
package dev.ardm.core.masking.arithmetic;

import org.jspecify.annotations.NullMarked;

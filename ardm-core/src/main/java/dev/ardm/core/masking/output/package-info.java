/** Output distributions: what a network's outputs say about the values of a unit. */
@NullMarked
package dev.ardm.core.masking.output;

import org.jspecify.annotations.NullMarked;

/**
 * One target for each parser of bytes from outside, for Jazzer and for a replay of the files in {@code src/test/resources/corpus}.
 * See docs/internals/fuzzing.md.
 */
@NullMarked
package dev.ardm.fuzz;

import org.jspecify.annotations.NullMarked;

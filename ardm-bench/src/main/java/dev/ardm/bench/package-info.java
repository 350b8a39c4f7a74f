/** Benchmarks and the scripts of published comparisons. */
@NullMarked
package dev.ardm.bench;

import org.jspecify.annotations.NullMarked;

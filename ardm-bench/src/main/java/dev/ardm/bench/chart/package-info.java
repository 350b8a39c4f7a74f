/** Pictures of what was measured. */
@NullMarked
package dev.ardm.bench.chart;

import org.jspecify.annotations.NullMarked;

/**
 * Counts for images of one size: start at {@link dev.ardm.core.counts.pixel.PixelPredictor}. It must not know sequences and rows.
 */
@NullMarked
package dev.ardm.core.counts.pixel;

import org.jspecify.annotations.NullMarked;

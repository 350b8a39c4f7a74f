/**
 * What image files of each format hold, by a list of what is understood, before any pixel is decoded. Start with
 * {@link dev.ardm.data.structure.Structure}. It must not know readers of pixels.
 */
@NullMarked
package dev.ardm.data.structure;

import org.jspecify.annotations.NullMarked;

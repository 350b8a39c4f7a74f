/**
 * PNG files: chunks, filters and texts, read with every check and written. Start with {@link dev.ardm.data.png.PngFile} and
 * {@link dev.ardm.data.png.PngWriter}. It knows nothing of models, spaces or other image formats.
 */
@NullMarked
package dev.ardm.data.png;

import org.jspecify.annotations.NullMarked;

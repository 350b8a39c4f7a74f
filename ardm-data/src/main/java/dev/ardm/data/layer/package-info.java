/**
 * Image files of any size and kind as layers of the channels of a model, with side information, and back. Start with
 * {@link dev.ardm.data.layer.ImageFileCodec}. It must not know archives.
 */
@NullMarked
package dev.ardm.data.layer;

import org.jspecify.annotations.NullMarked;

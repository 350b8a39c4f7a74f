/**
 * Where the windows of sequences and images of any size are, and what each generates: part of the archive format. Start at {@link
 * dev.ardm.core.masking.window.SequenceWindow}, then {@link dev.ardm.core.masking.window.ImageTiling}. Geometry alone: it must not know how
 * windows are coded, or any model.
 */
@NullMarked
package dev.ardm.core.masking.window;

import org.jspecify.annotations.NullMarked;

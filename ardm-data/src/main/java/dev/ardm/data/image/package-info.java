/** Image files of any size and kind as layers of a small model's channels, and back. */
@NullMarked
package dev.ardm.data.image;

import org.jspecify.annotations.NullMarked;

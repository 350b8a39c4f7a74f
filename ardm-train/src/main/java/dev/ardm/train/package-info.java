/** Training on LibTorch, through the same operations as the exact engine. */
@NullMarked
package dev.ardm.train;

import org.jspecify.annotations.NullMarked;

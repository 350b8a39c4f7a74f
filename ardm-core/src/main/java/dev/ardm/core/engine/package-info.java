/**
 * The exact engine: runs any {@link dev.ardm.core.engine.Piece} of a network on arithmetic with the same bits everywhere, on several threads. Start
 * at {@link dev.ardm.core.engine.ExactEngine}. It must not know items or any family.
 */
@NullMarked
package dev.ardm.core.engine;

import org.jspecify.annotations.NullMarked;

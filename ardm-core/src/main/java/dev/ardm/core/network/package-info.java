/**
 * Bodies of networks, written once against {@link dev.ardm.core.network.Ops}, a small set of operations that every engine implements. Start at
 * {@link dev.ardm.core.network.Backbone} and {@link dev.ardm.core.network.Transformer}, the shortest. It must not know what the features stand for, and no engine
 * or family.
 */
@NullMarked
package dev.ardm.core.network;

import org.jspecify.annotations.NullMarked;

/**
 * Networks of partly known items: a stem makes features of a {@link dev.ardm.core.masking.network.NetworkInput}, a backbone of {@code core.network}
 * works on them, and a layer makes outputs. Start at {@link dev.ardm.core.masking.network.Network}. A new kind of network is an entry in {@link
 * dev.ardm.core.masking.network.NetworkKind}. It must not know engines or plans.
 */
@NullMarked
package dev.ardm.core.masking.network;

import org.jspecify.annotations.NullMarked;

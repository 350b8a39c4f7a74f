/**
 * Network calls of an item: which units each decides, the distributions that it gives, and the intervals of what was decided. Start at
 * {@link dev.ardm.core.masking.call.Policy}, then {@link dev.ardm.core.masking.call.Call}. It must not know how a network is evaluated.
 */
@NullMarked
package dev.ardm.core.masking.call;

import org.jspecify.annotations.NullMarked;

/** Entropy coding on integers: laws, the rANS stack, codec algebra and the archive. */
@NullMarked
package dev.ardm.coding;

import org.jspecify.annotations.NullMarked;

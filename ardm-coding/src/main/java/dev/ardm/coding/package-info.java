/** Entropy coding on integers: distributions, the rANS stack, codec algebra and the archive. */
@NullMarked
package dev.ardm.coding;

import org.jspecify.annotations.NullMarked;

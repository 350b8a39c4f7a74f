/**
 * Entropy coding of integers: distributions, the rANS stack, codecs that compose, and checked streams. Start with {@link
 * dev.ardm.coding.Distribution} and {@link dev.ardm.coding.AnsStack}. It must not know files, archives or models.
 */
@NullMarked
package dev.ardm.coding;

import org.jspecify.annotations.NullMarked;

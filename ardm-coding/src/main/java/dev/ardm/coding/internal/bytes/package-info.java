/** Numbers and bits in byte arrays. It must not know the archive format. */
@NullMarked
package dev.ardm.coding.internal.bytes;

import org.jspecify.annotations.NullMarked;

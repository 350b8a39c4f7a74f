/**
 * Writes archives, appends to them and repairs them. Start with {@link dev.ardm.coding.internal.write.ArchiveWriter}. It must not know
 * models.
 */
@NullMarked
package dev.ardm.coding.internal.write;

import org.jspecify.annotations.NullMarked;

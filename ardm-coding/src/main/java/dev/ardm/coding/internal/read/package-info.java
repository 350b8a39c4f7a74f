/**
 * Reads archives, whole ones and what is left of damaged ones. Start with {@link dev.ardm.coding.internal.read.ArchiveReader}. It must
 * not know models, nor how archives are written.
 */
@NullMarked
package dev.ardm.coding.internal.read;

import org.jspecify.annotations.NullMarked;

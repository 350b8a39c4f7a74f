/**
 * What stands in an archive (docs/format.md): headers, items, names, frames and tables as values and bytes. Start with {@link
 * dev.ardm.coding.format.ArchiveHeader}, {@link dev.ardm.coding.format.ItemLayout} and {@link
 * dev.ardm.coding.format.ArchivedItem}. It must not know how an archive is read or written.
 */
@NullMarked
package dev.ardm.coding.format;

import org.jspecify.annotations.NullMarked;

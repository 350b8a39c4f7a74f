/**
 * Archives of a model's items, for programs. {@link dev.ardm.core.archive.ItemArchive} reads items by number or by name, also from a
 * damaged archive, and reports which are whole. {@link dev.ardm.core.archive.ItemArchiveWriter} writes an archive in one go. {@link
 * dev.ardm.core.archive.ItemStore} appends to one for as long as a program runs. Items are {@code int[]} of the model's space;
 * variable-length items have any number of values, and may have side information. The container, which knows no model, is {@link
 * dev.ardm.coding}.
 */
@NullMarked
package dev.ardm.core.archive;

import org.jspecify.annotations.NullMarked;

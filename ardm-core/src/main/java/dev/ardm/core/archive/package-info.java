/**
 * Archives of a model's items for programs: {@link dev.ardm.core.archive.ItemArchive} reads one item, or many, by number or by
 * name, also of a damaged archive, and says what of it is whole; {@link dev.ardm.core.archive.ItemArchiveWriter} makes an archive in one go; {@link dev.ardm.core.archive.ItemStore}
 * appends to one for as long as a program runs. Items are {@code int[]} of the model's space; documents have any number of values, or bytes in addition to them. The container, which knows no
 * model, is {@link dev.ardm.coding}.
 */
@NullMarked
package dev.ardm.core.archive;

import org.jspecify.annotations.NullMarked;

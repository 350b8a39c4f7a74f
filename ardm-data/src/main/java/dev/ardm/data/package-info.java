/**
 * Sets of items: the interfaces of reading and writing them one at a time, and what is kept in memory, subdivided or joined. Start with
 * {@link dev.ardm.data.ItemSet} and {@link dev.ardm.data.ItemCursor}. It must not know files or formats: its sub-packages do.
 */
@NullMarked
package dev.ardm.data;

import org.jspecify.annotations.NullMarked;

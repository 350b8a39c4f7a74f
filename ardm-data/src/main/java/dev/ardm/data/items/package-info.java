/**
 * Items of fixed size from whatever holds them: arrays and image files, alone or mixed. Start with {@link dev.ardm.data.items.ItemSets}
 * (in memory) and {@link dev.ardm.data.items.ItemFiles} (one at a time). It must not know sequences and tables.
 */
@NullMarked
package dev.ardm.data.items;

import org.jspecify.annotations.NullMarked;

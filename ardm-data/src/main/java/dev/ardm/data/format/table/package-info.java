/**
 * Rows of CSV files as items, every byte of which comes back. Start with {@link dev.ardm.data.format.table.TableFormat}; columns are
 * found by {@code TableFit}. It must not know sequences.
 */
@NullMarked
package dev.ardm.data.format.table;

import org.jspecify.annotations.NullMarked;

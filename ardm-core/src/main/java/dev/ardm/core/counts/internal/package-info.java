/**
 * Decisions and how they are coded: start at {@link dev.ardm.core.counts.internal.SymbolCoder}. For the models of counts, of
 * sequences and of rows. It must not know any of them.
 */
@NullMarked
package dev.ardm.core.counts.internal;

import org.jspecify.annotations.NullMarked;

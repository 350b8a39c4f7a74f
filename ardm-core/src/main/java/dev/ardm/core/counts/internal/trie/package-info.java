/**
 * Counts of what followed contexts, as a trie: how they are made, pruned and stored. Start at {@link
 * dev.ardm.core.counts.internal.trie.ContextTrie}. It must not know the predictor.
 */
@NullMarked
package dev.ardm.core.counts.internal.trie;

import org.jspecify.annotations.NullMarked;

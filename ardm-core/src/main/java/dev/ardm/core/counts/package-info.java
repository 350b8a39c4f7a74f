/**
 * The family of models that count what followed each context in the items they learnt, for text, records and bytes. Start at
 * {@link dev.ardm.core.counts.CountsModel}, then {@link dev.ardm.core.counts.SymbolPredictor}, which predicts one symbol after the
 * other, and {@link dev.ardm.core.counts.Primer}, the form in which a model is stored. All arithmetic is in integers. It must not know
 * archives, files or other families.
 */
@NullMarked
package dev.ardm.core.counts;

import org.jspecify.annotations.NullMarked;

/**
 * Files as sequences of symbols: text, bytes and sound. Start with {@link dev.ardm.data.format.sequence.SequenceFormat}, and for one
 * kind with its codec. It must not know tables.
 */
@NullMarked
package dev.ardm.data.format.sequence;

import org.jspecify.annotations.NullMarked;

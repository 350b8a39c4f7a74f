/**
 * The self-test: whether this machine computes the bits that the committed hashes ask for. Start at {@link
 * dev.ardm.core.conformance.Conformance}. It looks at logits, so it knows masking models; nothing may know it but commands.
 */
@NullMarked
package dev.ardm.core.conformance;

import org.jspecify.annotations.NullMarked;

/** The self-test: whether this machine computes the bits that the committed hashes ask for. */
@NullMarked
package dev.ardm.core.conformance;

import org.jspecify.annotations.NullMarked;

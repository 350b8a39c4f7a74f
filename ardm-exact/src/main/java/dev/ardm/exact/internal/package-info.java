/** What the operations and their implementations share. */
@NullMarked
package dev.ardm.exact.internal;

import org.jspecify.annotations.NullMarked;

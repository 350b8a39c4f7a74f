/** Arithmetic that gives the same bits on every machine. */
@NullMarked
package dev.ardm.exact;

import org.jspecify.annotations.NullMarked;

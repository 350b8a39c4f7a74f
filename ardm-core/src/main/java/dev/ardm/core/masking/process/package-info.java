/** Corruption processes: what a partly generated item looks like, how training draws one. */
@NullMarked
package dev.ardm.core.masking.process;

import org.jspecify.annotations.NullMarked;

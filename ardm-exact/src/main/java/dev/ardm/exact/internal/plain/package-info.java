/** Kernels in plain Java: the reference, and loops that compilers vectorise. */
@NullMarked
package dev.ardm.exact.internal.plain;

import org.jspecify.annotations.NullMarked;

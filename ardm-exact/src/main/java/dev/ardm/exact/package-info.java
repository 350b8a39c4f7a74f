/**
 * Arithmetic on float arrays that gives the same bits on every machine, JVM, thread count and SIMD width.
 *
 * <p>{@link dev.ardm.exact.Kernels} states each operation as a fixed sequence of {@code + - * /}, square root and {@code fma}; every
 * implementation carries out that sequence. The order of every sum is written down there and is part of the
 * {@linkplain dev.ardm.exact.Kernels#ARITHMETIC_VERSION arithmetic version}. The one thing left open is the bit pattern of a NaN: a result that
 * is NaN in one implementation is NaN in all, but its sign and payload may differ.
 */
@NullMarked
package dev.ardm.exact;

import org.jspecify.annotations.NullMarked;

/** Kernels on the Vector API, for a JVM that has the module. */
@NullMarked
package dev.ardm.exact.internal.vector;

import org.jspecify.annotations.NullMarked;

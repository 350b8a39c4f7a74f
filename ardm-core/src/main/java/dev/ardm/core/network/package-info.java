/** Networks, written once against a small set of operations that every engine implements. */
@NullMarked
package dev.ardm.core.network;

import org.jspecify.annotations.NullMarked;

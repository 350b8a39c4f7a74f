/** A store of items: raw in a journal at once, coded in an archive soon. */
@NullMarked
package dev.ardm.core.store;

import org.jspecify.annotations.NullMarked;

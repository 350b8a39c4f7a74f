/** What the library asks of whoever trains. */
@NullMarked
package dev.ardm.internal;

import org.jspecify.annotations.NullMarked;

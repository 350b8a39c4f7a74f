/** Readers and writers of data sets, splits and synthetic sources. */
@NullMarked
package dev.ardm.data;

import org.jspecify.annotations.NullMarked;

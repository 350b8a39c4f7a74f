/** The exact engine: networks run on arithmetic with the same bits everywhere. */
@NullMarked
package dev.ardm.core.engine;

import org.jspecify.annotations.NullMarked;

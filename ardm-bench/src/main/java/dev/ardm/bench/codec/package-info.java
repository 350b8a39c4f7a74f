/** What the compressors that everybody has make of the data sets. */
@NullMarked
package dev.ardm.bench.codec;

import org.jspecify.annotations.NullMarked;

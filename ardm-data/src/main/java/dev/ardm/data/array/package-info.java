/**
 * Arrays of items in NPY and IDX files, checked before memory is taken for them. Start with {@link dev.ardm.data.array.NpyFile}. It must not
 * know images, tables or text.
 */
@NullMarked
package dev.ardm.data.array;

import org.jspecify.annotations.NullMarked;

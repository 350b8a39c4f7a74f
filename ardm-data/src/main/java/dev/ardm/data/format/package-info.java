/**
 * What a format of data is: how files become items with side information, and items become files again. Start with
 * {@link dev.ardm.data.format.DataFormat}. It must not know sequences or tables, whose packages are below, nor the registry.
 */
@NullMarked
package dev.ardm.data.format;

import org.jspecify.annotations.NullMarked;

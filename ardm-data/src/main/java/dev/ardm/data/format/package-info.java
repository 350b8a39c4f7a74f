/** File formats whose files become items and come back byte for byte: text, bytes, sound and tables. */
@NullMarked
package dev.ardm.data.format;

import org.jspecify.annotations.NullMarked;

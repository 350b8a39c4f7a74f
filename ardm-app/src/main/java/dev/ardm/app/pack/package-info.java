/**
 * Packs items into one archive with a model that learns from these very items. Start at {@link dev.ardm.app.pack.Packing}, which
 * tries alternatives and takes the one by which model and items together are smallest. It must not know a console.
 */
@NullMarked
package dev.ardm.app.pack;

import org.jspecify.annotations.NullMarked;

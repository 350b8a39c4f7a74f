/** Records in memory: how they become items of a model, and items records again, without a file. */
@NullMarked
package dev.ardm.data.record;

import org.jspecify.annotations.NullMarked;

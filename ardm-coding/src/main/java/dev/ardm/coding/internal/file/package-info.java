/**
 * Durable files: output that gets its name only when it is complete, temporary files that do not stay after, locks and reading by
 * position. Start with {@link dev.ardm.coding.internal.file.AtomicFile}. It must not know what is in a file.
 */
@NullMarked
package dev.ardm.coding.internal.file;

import org.jspecify.annotations.NullMarked;

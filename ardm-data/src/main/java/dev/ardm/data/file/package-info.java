/**
 * Files and folders whatever they hold: lists that need not fit into memory, output that gets its name only when it is complete, and safe
 * names. Start with {@link dev.ardm.data.file.FileList} and {@link dev.ardm.data.file.Staging}. It must not know what is in a file.
 */
@NullMarked
package dev.ardm.data.file;

import org.jspecify.annotations.NullMarked;

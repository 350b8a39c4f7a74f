/**
 * All formats of data: finds the one that a file has or an option names, and reads definitions that models hold. Start with
 * {@link dev.ardm.data.registry.DataFormats}. A new format gets a line here and nowhere else.
 */
@NullMarked
package dev.ardm.data.registry;

import org.jspecify.annotations.NullMarked;

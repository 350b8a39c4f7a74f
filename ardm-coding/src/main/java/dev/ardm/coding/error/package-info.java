/**
 * What can be wrong with a stream or an archive, with file, item and place. It must not know how archives are read.
 */
@NullMarked
package dev.ardm.coding.error;

import org.jspecify.annotations.NullMarked;

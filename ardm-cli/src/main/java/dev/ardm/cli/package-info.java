/** The command ardm. */
@NullMarked
package dev.ardm.cli;

import org.jspecify.annotations.NullMarked;

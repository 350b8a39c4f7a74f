/** Options and arguments that several commands share. They must not know the commands. */
@org.jspecify.annotations.NullMarked
package dev.ardm.cli.option;

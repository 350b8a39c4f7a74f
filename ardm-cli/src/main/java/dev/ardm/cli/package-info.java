/**
 * The command {@code ardm}: {@link dev.ardm.cli.Main} reads the first argument and runs one of {@link dev.ardm.cli.command}. Commands
 * turn options into calls of {@link dev.ardm.app}, and results into text and an exit code. What a program does beyond that belongs
 * to {@link dev.ardm.app}.
 */
@org.jspecify.annotations.NullMarked
package dev.ardm.cli;

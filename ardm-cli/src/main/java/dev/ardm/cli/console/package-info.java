/**
 * The console: standard streams, progress bars, signals, error messages and exit codes. Start at {@link
 * dev.ardm.cli.console.ConsoleListener}. It must not know options or commands.
 */
@org.jspecify.annotations.NullMarked
package dev.ardm.cli.console;

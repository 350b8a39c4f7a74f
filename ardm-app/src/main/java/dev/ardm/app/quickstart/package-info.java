/**
 * Everything that a program does, once. Start at {@link dev.ardm.app.quickstart.Quickstart}. It must not know a console, options of a command or
 * exit codes.
 */
@org.jspecify.annotations.NullMarked
package dev.ardm.app.quickstart;

/**
 * One class for each command. Start at {@link dev.ardm.cli.command.BaseCommand}, which they extend, and {@link
 * dev.ardm.cli.command.ScoreCommand} for a short one. Only the command {@code ardm} itself may know them.
 */
@org.jspecify.annotations.NullMarked
package dev.ardm.cli.command;

/**
 * Trains a model in a run folder: presets of networks, the options of a run and its record, metrics, checkpoints and samples, and
 * the finished model file. Start at {@link dev.ardm.app.train.TrainingRun}. Optimisation itself is {@link dev.ardm.train}. It must
 * not know a console, options of a command or exit codes.
 */
@org.jspecify.annotations.NullMarked
package dev.ardm.app.train;

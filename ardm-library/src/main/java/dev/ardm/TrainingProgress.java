package dev.ardm;

/**
 * How far training is.
 *
 * @param phase a verb: {@code count}, {@code train}, ...
 * @param fraction of the phase, from 0 to 1
 * @param note the state in words, such as the bits of the last step; may be empty
 */
public record TrainingProgress(String phase, double fraction, String note) {}

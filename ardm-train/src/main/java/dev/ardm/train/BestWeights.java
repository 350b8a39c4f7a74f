package dev.ardm.train;

import dev.ardm.core.network.Weights;

/**
 * Averaged weights of a step of training.
 *
 * @param bits their validation bound in bits per dimension; not a number if it was not measured
 * @param step number of optimiser steps taken
 */
public record BestWeights(Weights weights, double bits, long step) {}

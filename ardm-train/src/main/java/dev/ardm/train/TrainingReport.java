package dev.ardm.train;

/**
 * How far training is.
 *
 * @param step optimiser steps taken
 * @param seconds wall-clock seconds of training
 * @param epochs passes over the training data
 * @param learningRate now
 * @param trainingBits bound in bits per dimension on training batches, mean since the last report, weights in training
 * @param validationBits Monte-Carlo bound in bits per dimension on the validation split, averaged weights
 * @param validationError its standard error
 * @param gradientNorm mean norm of the gradient before clipping
 * @param itemsPerSecond training throughput since the last report
 */
public record TrainingReport(
        long step,
        double seconds,
        double epochs,
        double learningRate,
        double trainingBits,
        double validationBits,
        double validationError,
        double gradientNorm,
        double itemsPerSecond) {}

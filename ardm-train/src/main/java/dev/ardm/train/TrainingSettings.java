package dev.ardm.train;

/**
 * How a model is trained. The length is a number of steps (reproducible) or of minutes (not: how many steps fit depends
 * on the machine).
 *
 * @param steps number of optimiser steps, or 0 to stop after {@code minutes}
 * @param minutes wall-clock minutes of training, or 0
 * @param batch examples per step
 * @param learningRate highest learning rate of AdamW; Muon's is {@value dev.ardm.train.step.Muon#RATE} times as high
 * @param warmupSteps steps of linear warm-up; cosine decay to 1 % of the highest rate follows
 * @param weightDecay decoupled decay, on weights but not on shifts and scales
 * @param beta2 AdamW's second moment decay; the first is 0.9
 * @param clip largest norm of the gradient
 * @param ema decay of the averaged weights, which are what ships
 * @param lossSites the loss looks at this many random places among the masked ones of each example (an unbiased
 *     estimate of the whole), or at all if there are fewer
 * @param codingOrder fraction of the examples, in [0, 1], whose known part is a beginning of the spread order, which
 *     archives are coded in, and whose loss looks at what comes next in it; the others are drawn in random orders
 * @param seed everything random follows from it
 * @param reportSeconds seconds between two reports, evaluations and checkpoints
 * @param precision arithmetic of convolutions and linear layers
 * @param optimizer how gradients become steps
 * @param shifts images are moved by up to this many places along each axis, 0 for not at all
 */
public record TrainingSettings(
        long steps,
        double minutes,
        int batch,
        double learningRate,
        int warmupSteps,
        double weightDecay,
        double beta2,
        double clip,
        double ema,
        int lossSites,
        double codingOrder,
        long seed,
        double reportSeconds,
        Precision precision,
        Optimizer optimizer,
        int shifts) {
    /** How gradients become steps. */
    public enum Optimizer {
        /** AdamW (Loshchilov and Hutter 2019) for everything. */
        ADAMW,
        /** {@link dev.ardm.train.step.Muon} for the matrices between the first and the last layer, AdamW for everything else. */
        MUON
    }

    /** Arithmetic of convolutions and linear layers while training. */
    public enum Precision {
        /** bf16 where the processor has instructions for it, else fp32. */
        AUTO,
        /** binary32 throughout. */
        FP32,
        /** bf16 autocast. */
        BF16
    }

    /** Checks the ranges. */
    public TrainingSettings {
        if ((steps > 0) == (minutes > 0)) {
            throw new IllegalArgumentException("the length of training is either steps or minutes");
        }
        if (batch < 1 || warmupSteps < 0 || lossSites < 1) {
            throw new IllegalArgumentException("batch and loss sites must be at least 1, warm-up at least 0");
        }
        if (!(learningRate > 0) || !(weightDecay >= 0) || !(clip > 0) || !(reportSeconds > 0)) {
            throw new IllegalArgumentException("learning rate, clip and report interval must be positive");
        }
        if (!(codingOrder >= 0 && codingOrder <= 1)) {
            throw new IllegalArgumentException("coding-order must be in [0, 1], got " + codingOrder);
        }
        if (shifts < 0) {
            throw new IllegalArgumentException("shifts must be at least 0, got " + shifts);
        }
        if (!(beta2 > 0 && beta2 < 1) || !(ema >= 0 && ema < 1)) {
            throw new IllegalArgumentException("beta2 must be in (0, 1) and ema in [0, 1)");
        }
    }

    /** Settings of AdamW, and of images where they are. */
    public TrainingSettings(
            long steps,
            double minutes,
            int batch,
            double learningRate,
            int warmupSteps,
            double weightDecay,
            double beta2,
            double clip,
            double ema,
            int lossSites,
            double codingOrder,
            long seed,
            double reportSeconds,
            Precision precision) {
        this(
                steps,
                minutes,
                batch,
                learningRate,
                warmupSteps,
                weightDecay,
                beta2,
                clip,
                ema,
                lossSites,
                codingOrder,
                seed,
                reportSeconds,
                precision,
                Optimizer.ADAMW,
                0);
    }

    /** What suits small items. */
    public static TrainingSettings defaults() {
        return new TrainingSettings(
                0, 10, 64, 4e-3, 50, 0.01, 0.99, 1.0, 0.999, 256, 0, 0, 30, Precision.AUTO, Optimizer.MUON, 0);
    }

    /** These settings with another length: steps, or minutes if steps is 0. */
    public TrainingSettings withLength(long newSteps, double newMinutes) {
        return new TrainingSettings(
                newSteps,
                newMinutes,
                batch,
                learningRate,
                warmupSteps,
                weightDecay,
                beta2,
                clip,
                ema,
                lossSites,
                codingOrder,
                seed,
                reportSeconds,
                precision,
                optimizer,
                shifts);
    }

    /** These settings for a part of their length: of steps at least one. */
    public TrainingSettings part(double fraction) {
        return steps > 0 ? withLength(Math.max(1, Math.round(fraction * steps)), 0) : withLength(0, fraction * minutes);
    }

    /** These settings with another seed. */
    public TrainingSettings withSeed(long newSeed) {
        return new TrainingSettings(
                steps,
                minutes,
                batch,
                learningRate,
                warmupSteps,
                weightDecay,
                beta2,
                clip,
                ema,
                lossSites,
                codingOrder,
                newSeed,
                reportSeconds,
                precision,
                optimizer,
                shifts);
    }

    /** These settings with another interval between reports, in seconds. */
    public TrainingSettings withReportSeconds(double seconds) {
        return new TrainingSettings(
                steps,
                minutes,
                batch,
                learningRate,
                warmupSteps,
                weightDecay,
                beta2,
                clip,
                ema,
                lossSites,
                codingOrder,
                seed,
                seconds,
                precision,
                optimizer,
                shifts);
    }
}

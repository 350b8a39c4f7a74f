package dev.ardm.train.runtime;

/** The program ends while it trains: a signal has come, or something has called {@link System#exit}. What was trained since the last checkpoint is lost. */
public final class ProgramEndsException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    ProgramEndsException() {
        super("the program ends, and training with it");
    }
}

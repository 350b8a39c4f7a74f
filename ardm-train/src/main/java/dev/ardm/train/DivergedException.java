package dev.ardm.train;

import java.io.IOException;

/** The loss, its gradient or the bound on the validation items is not a finite number: training cannot go on from there. */
public final class DivergedException extends IOException {
    private static final long serialVersionUID = 1;

    /** @param step at which it was noticed */
    DivergedException(long step) {
        super("training diverged at step " + step + ": the loss is not finite");
    }
}

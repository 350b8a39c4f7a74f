package dev.ardm.app;

/** Something that the user can fix. The message is shown as it is: it names file, place and cause. */
public final class UserError extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** An error with a message for the user. */
    public UserError(String message) {
        super(message);
    }
}

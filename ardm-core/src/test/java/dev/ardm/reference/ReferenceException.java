package dev.ardm.reference;

import java.io.IOException;

/** Says why an archive cannot be read (format.md, Errors). */
public final class ReferenceException extends IOException {

    private static final long serialVersionUID = 1L;

    /** The cases that a reader tells apart. */
    public enum Kind {
        NOT_ARDM,
        NEWER,
        WRONG_MODEL,
        DAMAGED
    }

    private final Kind kind;

    ReferenceException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    static ReferenceException damaged(String message) {
        return new ReferenceException(Kind.DAMAGED, message);
    }

    /** Returns the case. */
    public Kind kind() {
        return kind;
    }
}

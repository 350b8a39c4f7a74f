package dev.ardm.fuzz;

/** An input was accepted, and what came of it is not what was promised. */
final class PropertyViolation extends RuntimeException {
    private static final long serialVersionUID = 1;

    PropertyViolation(String promise) {
        super(promise);
    }

    PropertyViolation(String promise, Throwable cause) {
        super(promise, cause);
    }

    /** Demands what was promised. */
    static void unless(boolean kept, String promise) {
        if (!kept) {
            throw new PropertyViolation(promise);
        }
    }
}

package dev.ardm.fuzz;

import java.util.Set;

/** A parser of untrusted bytes, and what it may do with them. */
interface FuzzTarget {
    /** What scripts and folders of the corpus call it: lower-case letters and hyphens. */
    String name();

    /** What it may throw: what the methods it calls say they throw for input that is not as it should be. */
    Set<Class<? extends Exception>> documented();

    /**
     * Parses an input and checks what came of it.
     *
     * @param scratch for files; emptied after every input
     * @throws Exception if the input is refused: one of {@link #documented}; or anything else, which is a fault
     * @throws PropertyViolation if the input is accepted, and what came of it is wrong: a fault as well
     */
    void run(byte[] input, Scratch scratch) throws Exception;

    /**
     * Whether a refusal is the documented one: of a documented class itself, or of one derived from it, and with a message.
     */
    default boolean items(Throwable refusal) {
        String message = refusal.getMessage();
        return message != null
                && !message.isBlank()
                && documented().stream().anyMatch(type -> type.isInstance(refusal));
    }
}

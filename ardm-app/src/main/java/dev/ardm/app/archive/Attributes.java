package dev.ardm.app.archive;

/**
 * What archives keep of files besides their names and contents, and restored files get back.
 *
 * @param times when they were modified last
 * @param modes who may read, write and execute them
 */
public record Attributes(boolean times, boolean modes) {
    /** Nothing. */
    public static final Attributes NONE = new Attributes(false, false);
}

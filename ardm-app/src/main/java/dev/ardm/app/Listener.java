package dev.ardm.app;

import java.util.function.IntConsumer;

/** Watches long work, and receives what a user should know besides its result. */
public interface Listener {
    /** Ignores everything. */
    Listener NONE = new Listener() {
        @Override
        public Task begin(String task, long total) {
            return done -> {};
        }

        @Override
        public void notice(String line) {}
    };

    /** A task that has begun: accepts how many of its steps are done, from any thread. */
    interface Task extends IntConsumer, AutoCloseable {
        /** A short text about the current state. */
        default void note(String text) {}

        /** A line about the current state, for whoever does not see {@link #note} on a terminal. */
        default void log(String line) {}

        /** The task has ended, for whatever reason. */
        @Override
        default void close() {}
    }

    /**
     * A task begins.
     *
     * @param task a verb, such as {@code compress}
     * @param total number of its steps
     */
    Task begin(String task, long total);

    /** A line of what the work found or made, which belongs to the output. */
    default void result(String line) {}

    /** A sentence for the user, such as which files were skipped. */
    void notice(String line);

    /** The same of something that is wrong, which no user should miss. */
    default void warn(String line) {
        notice(line);
    }
}

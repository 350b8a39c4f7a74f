package dev.ardm.app.quickstart;

import dev.ardm.app.Listener;
import dev.ardm.app.Text;
import java.util.Locale;

/** Says what each step made, and how long it took. */
final class Steps {
    private final Listener listener;
    private final long start = System.nanoTime();
    private long last = start;

    /** The first step begins now. */
    Steps(Listener listener) {
        this.listener = listener;
    }

    void say(String format, Object... arguments) {
        listener.result(String.format(Locale.ROOT, format, arguments));
    }

    /** Ends a step: a line about what it made, with the time since the one before. */
    void done(String format, Object... arguments) {
        long now = System.nanoTime();
        say("%s (%s)", String.format(Locale.ROOT, format, arguments), Text.duration(now - last));
        last = now;
    }

    /** The time of all steps. */
    String all() {
        return Text.duration(System.nanoTime() - start);
    }
}

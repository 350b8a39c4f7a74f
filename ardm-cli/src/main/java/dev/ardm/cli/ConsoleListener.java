package dev.ardm.cli;

import dev.ardm.app.Listener;
import java.io.PrintWriter;

/**
 * Shows tasks as bars on standard error, and prints notices and warnings there.
 *
 * @param bars whether bars may show at all
 * @param notices whether notices are printed; warnings always are
 */
record ConsoleListener(PrintWriter err, boolean bars, boolean notices) implements Listener {
    ConsoleListener(PrintWriter err) {
        this(err, true, true);
    }

    @Override
    public Task begin(String task, long total) {
        return new Progress(task, total, bars);
    }

    @Override
    public void notice(String line) {
        if (notices) {
            warn(line);
        }
    }

    @Override
    public void warn(String line) {
        err.println("ardm: " + line);
        err.flush();
    }
}

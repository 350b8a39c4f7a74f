package dev.ardm.cli.console;

import dev.ardm.app.Listener;
import java.io.PrintWriter;

/**
 * Shows tasks as bars on standard error, and prints notices and warnings there.
 *
 * @param bars whether bars may show at all
 * @param notices whether notices are printed; warnings always are
 */
public record ConsoleListener(PrintWriter out, PrintWriter err, boolean bars, boolean notices) implements Listener {
    /** Shows all. */
    public ConsoleListener(PrintWriter out, PrintWriter err) {
        this(out, err, true, true);
    }

    @Override
    public Task begin(String task, long total) {
        return new Progress(task, total, bars, out);
    }

    @Override
    public void result(String line) {
        out.println(line);
        out.flush();
    }

    @Override
    public void notice(String line) {
        if (notices) {
            warn(line);
        }
    }

    @Override
    public void warn(String line) {
        Messages.print(err, line);
    }
}

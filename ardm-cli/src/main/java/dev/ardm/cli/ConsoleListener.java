package dev.ardm.cli;

import dev.ardm.app.Listener;
import java.io.PrintWriter;

/** Shows tasks as bars on standard error, and prints notices there. */
record ConsoleListener(PrintWriter err) implements Listener {
    @Override
    public Task begin(String task, long total) {
        return new Progress(task, total);
    }

    @Override
    public void notice(String line) {
        err.println("ardm: " + line);
        err.flush();
    }
}

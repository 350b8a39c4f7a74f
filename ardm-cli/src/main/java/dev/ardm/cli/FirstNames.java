package dev.ardm.cli;

import dev.ardm.app.Text;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Names of which only as many are kept as a message shows: {@code a, b, c, d, e, ...}. */
final class FirstNames {
    private static final int SHOWN = 5;

    private final List<String> first = new ArrayList<>();
    private int count;

    void add(String name) {
        if (count < SHOWN) {
            first.add(name);
        }
        count++;
    }

    /** So many names, of which the first are given. */
    static FirstNames of(int count, List<String> first) {
        FirstNames names = new FirstNames();
        first.forEach(names::add);
        names.count = count;
        return names;
    }

    /** Says which files were passed over, if there are any. */
    void sayPassedOver(PrintWriter err, String why) {
        if (count > 0) {
            err.println("ardm: " + Text.count(count, "file") + " passed over, " + why + ": " + this);
            err.flush();
        }
    }

    /** How many names there were. */
    int count() {
        return count;
    }

    @Override
    public String toString() {
        return String.join(", ", first.stream().map(Text::printable).toList()) + (count > SHOWN ? ", ..." : "");
    }
}

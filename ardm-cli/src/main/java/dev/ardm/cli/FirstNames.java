package dev.ardm.cli;

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

    /** How many names there were. */
    int count() {
        return count;
    }

    @Override
    public String toString() {
        return String.join(", ", first.stream().map(Text::printable).toList()) + (count > SHOWN ? ", ..." : "");
    }
}

package dev.ardm.cli;

/** Increasing numbers, kept as far as a message shows them: {@code 0-2, 5, 7-8}. */
final class Ranges {
    private static final int SHOWN = 120;

    private final StringBuilder text = new StringBuilder();
    private int size;
    private int first;
    private int last;
    private boolean cut;

    /** Adds a number larger than all before. */
    void add(int number) {
        if (size > 0 && number == last + 1) {
            last = number;
        } else {
            if (size > 0) {
                append(text);
            }
            first = number;
            last = number;
        }
        size++;
    }

    /** How many numbers there are. */
    int size() {
        return size;
    }

    private void append(StringBuilder to) {
        if (cut) {
            return;
        }
        if (to.length() > SHOWN) {
            to.append(", ...");
            cut = to == text;
            return;
        }
        to.append(to.length() == 0 ? "" : ", ").append(first);
        if (last > first) {
            to.append('-').append(last);
        }
    }

    @Override
    public String toString() {
        StringBuilder all = new StringBuilder(text);
        if (size > 0) {
            append(all);
        }
        return all.toString();
    }
}

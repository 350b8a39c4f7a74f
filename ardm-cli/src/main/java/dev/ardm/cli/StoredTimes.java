package dev.ardm.cli;

import picocli.CommandLine.Option;

/** The option {@code --no-times}. */
final class StoredTimes {
    @Option(
            names = "--no-times",
            description = "Do not store modification times. Equal files then make equal archives.")
    private boolean left;

    boolean kept() {
        return !left;
    }
}

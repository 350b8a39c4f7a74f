package dev.ardm.cli.option;

import picocli.CommandLine.Option;

/** The option {@code --no-times}. */
public final class StoredTimes {
    @Option(
            names = "--no-times",
            description = "Do not store modification times. Equal files then make equal archives.")
    private boolean left;

    public boolean kept() {
        return !left;
    }
}

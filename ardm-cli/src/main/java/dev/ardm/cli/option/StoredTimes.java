package dev.ardm.cli.option;

import picocli.CommandLine.Option;

/** The option {@code --no-times}. */
public final class StoredTimes {
    @Option(
            names = "--no-times",
            description =
                    "Do not keep when files were modified last. The same files make the same archive then, whenever"
                            + " they were written.")
    private boolean left;

    public boolean kept() {
        return !left;
    }
}

package dev.ardm.cli.option;

import dev.ardm.app.archive.Attributes;
import picocli.CommandLine.Option;

/** The option {@code --no-modes} of commands that restore files. */
public final class RestoredModes {
    @Option(
            names = "--no-modes",
            description =
                    "Do not restore who may read, write and execute the files: like new ones, but readable to no more"
                            + " people than the archive.")
    private boolean left;

    public Attributes kept() {
        return new Attributes(true, !left);
    }
}

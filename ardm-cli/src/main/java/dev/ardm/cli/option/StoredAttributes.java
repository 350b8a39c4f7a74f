package dev.ardm.cli.option;

import dev.ardm.app.archive.Attributes;
import picocli.CommandLine.Option;

/** The options {@code --no-times} and {@code --no-modes}. */
public final class StoredAttributes {
    @Option(
            names = "--no-times",
            description = "Do not store modification times. Equal files then make equal archives.")
    private boolean left;

    @Option(names = "--no-modes", description = "Do not store who may read, write and execute the files.")
    private boolean anyMode;

    public Attributes kept() {
        return new Attributes(!left, !anyMode);
    }
}

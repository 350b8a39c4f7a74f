package dev.ardm.cli.option;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Parameters;

/** An archive, and which of its items a command is for. */
public final class ChosenItems {
    @Parameters(index = "0", paramLabel = "FILE.ardm", description = "Archive; - is standard input.")
    @SuppressWarnings("NullAway.Init")
    private Path archive;

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "ITEM",
            description = "Names, numbers (from 0), ranges of numbers such as 3-10, or patterns with * and ?.")
    @SuppressWarnings("NullAway.Init")
    private List<String> items;

    /** The archive, as a list of one. */
    public List<Path> archives() {
        return List.of(archive);
    }

    /** Names, numbers or patterns, as given. */
    public List<String> items() {
        return items;
    }
}

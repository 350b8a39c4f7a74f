package dev.ardm.cli.console;

/** How {@code --help} describes the exit codes. */
public final class ExitCodes {
    public static final String HEADING = "%nExit codes:%n";
    public static final String GOOD = "0:success";
    public static final String FAILED = "1:failed; of several files the others were processed";
    public static final String USAGE = "2:wrong usage";

    private ExitCodes() {}
}

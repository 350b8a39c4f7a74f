package dev.ardm.cli.console;

/** How {@code --help} describes the exit codes. */
public final class ExitCodes {
    public static final String HEADING = "%nExit codes:%n";
    public static final String GOOD = "0:all good";
    public static final String FAILED = "1:failed, or some of several files did; the others were done";
    public static final String USAGE = "2:wrong usage";

    private ExitCodes() {}
}

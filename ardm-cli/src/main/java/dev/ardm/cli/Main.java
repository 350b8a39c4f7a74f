package dev.ardm.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The command {@code ardm}. Exit codes: 0 good, 1 failed, 2 wrong usage. */
@Command(
        name = "ardm",
        description = "Train a model on your own small items; sample, fill, score and store them losslessly.",
        versionProvider = Versions.class,
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "As with other compressors: -z is compress, -d decompress, -t test, -l list; the last one wins.",
            "See also: ardm COMMAND --help"
        },
        exitCodeListHeading = Main.EXIT_CODES,
        exitCodeList = {Main.EXIT_0, Main.EXIT_1, Main.EXIT_2},
        subcommands = {
            HelpCommand.class,
            QuickstartCommand.class,
            TrainCommand.class,
            EvalCommand.class,
            PlanCommand.class,
            SampleCommand.class,
            FillCommand.class,
            ScoreCommand.class,
            CompressCommand.class,
            AddCommand.class,
            DecompressCommand.class,
            CatCommand.class,
            ExtractCommand.class,
            TestCommand.class,
            ListCommand.class,
            RepairCommand.class,
            SelfTestCommand.class
        })
public final class Main implements Runnable {
    static final String EXIT_CODES = "%nExit codes:%n";
    static final String EXIT_0 = "0:all good";
    static final String EXIT_1 = "1:failed, or some of several files did; the others were done";
    static final String EXIT_2 = "2:wrong usage";

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init")
    private CommandLine.Model.CommandSpec spec;

    public static void main(String[] args) {
        Interrupts.install();
        StandardStreams.watchOutput();
        System.exit(execute(commandLine(), args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setExecutionExceptionHandler(Failures::report)
                .setCaseInsensitiveEnumValuesAllowed(true);
    }

    /** Runs what the arguments say, short forms of commands included, and returns the exit code. */
    static int execute(CommandLine line, String... args) {
        return line.execute(Shorthands.expanded(args));
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "a command is missing");
    }
}

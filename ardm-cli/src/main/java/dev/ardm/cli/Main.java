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
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:good", "1:failed", "2:wrong usage"},
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
            DecompressCommand.class,
            TestCommand.class,
            ListCommand.class,
            SelfTestCommand.class
        })
public final class Main implements Runnable {
    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init")
    private CommandLine.Model.CommandSpec spec;

    public static void main(String[] args) {
        Interrupts.install();
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setExecutionExceptionHandler(Failures::report)
                .setCaseInsensitiveEnumValuesAllowed(true);
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "a command is missing");
    }
}

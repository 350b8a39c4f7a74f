package dev.ardm.cli;

import dev.ardm.cli.command.AddCommand;
import dev.ardm.cli.command.AdviseCommand;
import dev.ardm.cli.command.CatCommand;
import dev.ardm.cli.command.CompactCommand;
import dev.ardm.cli.command.CompressCommand;
import dev.ardm.cli.command.DecompressCommand;
import dev.ardm.cli.command.DeleteCommand;
import dev.ardm.cli.command.EvalCommand;
import dev.ardm.cli.command.ExtractCommand;
import dev.ardm.cli.command.FillCommand;
import dev.ardm.cli.command.InfoCommand;
import dev.ardm.cli.command.ListCommand;
import dev.ardm.cli.command.PackCommand;
import dev.ardm.cli.command.PlanCommand;
import dev.ardm.cli.command.QuickstartCommand;
import dev.ardm.cli.command.RepairCommand;
import dev.ardm.cli.command.SampleCommand;
import dev.ardm.cli.command.ScoreCommand;
import dev.ardm.cli.command.SelfTestCommand;
import dev.ardm.cli.command.TestCommand;
import dev.ardm.cli.command.TrainCommand;
import dev.ardm.cli.console.ExitCodes;
import dev.ardm.cli.console.Failures;
import dev.ardm.cli.console.Interrupts;
import dev.ardm.cli.console.StandardStreams;
import dev.ardm.cli.console.Versions;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The command {@code ardm}. Exit codes: 0 good, 1 failed, 2 wrong usage. */
@Command(
        name = "ardm",
        description = "Trains a model on your own small items. Samples, fills, scores and losslessly compresses them.",
        versionProvider = Versions.class,
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Short forms: -z is compress, -d decompress, -t test, -l list; the last one wins.",
            "More: ardm COMMAND --help"
        },
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {ExitCodes.GOOD, ExitCodes.FAILED, ExitCodes.USAGE},
        subcommands = HelpCommand.class)
public final class Main implements Runnable {
    private static final List<String> COMMANDS = List.of(
            "quickstart",
            "advise",
            "train",
            "eval",
            "plan",
            "sample",
            "fill",
            "score",
            "pack",
            "compress",
            "add",
            "decompress",
            "cat",
            "extract",
            "test",
            "list",
            "info",
            "delete",
            "compact",
            "repair",
            "selftest");

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init")
    private CommandLine.Model.CommandSpec spec;

    public static void main(String[] args) {
        System.setProperty("ardm.command", "true"); // What kernels run is told where it is asked for.
        Interrupts.install();
        StandardStreams.watchOutput();
        String[] expanded = Shorthands.expanded(args);
        System.exit(commandLine(expanded).execute(expanded));
    }

    /** Reads the arguments, short forms of commands expanded. Only what they need is loaded: one command, or what help says about all. */
    static CommandLine commandLine(String... args) {
        List<String> given = Arrays.asList(args);
        CommandLine line = new CommandLine(new Main());
        boolean one = args.length > 0 && COMMANDS.contains(args[0]);
        for (String name : one ? List.of(args[0]) : COMMANDS) {
            if (given.contains(name)) {
                line.addSubcommand(command(name));
            } else {
                String[] description =
                        command(name).getAnnotation(Command.class).description();
                line.addSubcommand(
                        name, CommandSpec.create().usageMessage(new UsageMessageSpec().description(description)));
            }
        }
        return line.setExecutionExceptionHandler((failure, command, parsed) -> Failures.report(failure, command))
                .setParameterExceptionHandler(Failures::usage)
                .setCaseInsensitiveEnumValuesAllowed(true);
    }

    private static Class<?> command(String name) {
        return switch (name) {
            case "quickstart" -> QuickstartCommand.class;
            case "advise" -> AdviseCommand.class;
            case "train" -> TrainCommand.class;
            case "eval" -> EvalCommand.class;
            case "plan" -> PlanCommand.class;
            case "sample" -> SampleCommand.class;
            case "fill" -> FillCommand.class;
            case "score" -> ScoreCommand.class;
            case "pack" -> PackCommand.class;
            case "compress" -> CompressCommand.class;
            case "add" -> AddCommand.class;
            case "decompress" -> DecompressCommand.class;
            case "cat" -> CatCommand.class;
            case "extract" -> ExtractCommand.class;
            case "test" -> TestCommand.class;
            case "list" -> ListCommand.class;
            case "info" -> InfoCommand.class;
            case "delete" -> DeleteCommand.class;
            case "compact" -> CompactCommand.class;
            case "repair" -> RepairCommand.class;
            case "selftest" -> SelfTestCommand.class;
            default -> throw new IllegalArgumentException(name);
        };
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "no command given");
    }
}

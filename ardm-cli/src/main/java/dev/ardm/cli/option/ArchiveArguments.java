package dev.ardm.cli.option;

import dev.ardm.app.ScratchFolder;
import dev.ardm.app.archive.OpenedArchive.Place;
import dev.ardm.cli.console.Failures;
import dev.ardm.cli.console.StandardStreams;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;

/** The archives that a command was given, one of which may be {@code -} for standard input. */
public final class ArchiveArguments {
    private static final String SPOOLED = "standard-input.ardm";

    private ArchiveArguments() {}

    /** What is done with an archive. */
    public interface Work {
        /**
         * Does it.
         *
         * @return the exit code
         */
        int run(Place archive) throws IOException;
    }

    /**
     * Does the same with each archive. With several, a failure is reported and the next one begun.
     *
     * @return 1 if any failed, else 0
     */
    public static int each(List<Path> archives, CommandLine command, Work work) throws IOException {
        if (archives.size() == 1) {
            return run(archives.get(0), work);
        }
        int worst = 0;
        for (Path archive : archives) {
            int code;
            try {
                code = run(archive, work);
            } catch (CommandLine.ParameterException e) {
                throw e;
            } catch (IOException | RuntimeException e) {
                command.getOut().flush();
                code = Failures.report(e, command);
                command.getErr().flush();
            }
            worst = Math.max(worst, code);
        }
        return worst;
    }

    private static int run(Path given, Work work) throws IOException {
        if (!StandardStreams.isDash(given)) {
            return work.run(new Place(given, given, given.toString()));
        }
        try (ScratchFolder scratch = ScratchFolder.create()) {
            Path spooled = StandardStreams.spool(scratch, SPOOLED);
            return StandardStreams.naming(spooled, () -> work.run(new Place(spooled, given, StandardStreams.INPUT)));
        }
    }
}

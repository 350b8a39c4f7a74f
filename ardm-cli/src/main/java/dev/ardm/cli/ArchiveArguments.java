package dev.ardm.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;

/** The archives that a command was given, one of which may be {@code -} for standard input. */
final class ArchiveArguments {
    private static final String SPOOLED = "standard-input.ardm";

    private ArchiveArguments() {}

    /** How people know an archive: by its path, or as standard input if that is what it holds a copy of. */
    static String shown(Path archive) {
        return ScratchFolder.holds(archive) && archive.endsWith(SPOOLED) ? StandardStreams.INPUT : archive.toString();
    }

    /** What is done with an archive. */
    interface Work {
        /**
         * Does it.
         *
         * @param archive the file, which of standard input holds a copy
         * @param given as among the arguments
         * @return the exit code
         */
        int run(Path archive, Path given) throws IOException;
    }

    /**
     * Does the same with each archive. With several, a failure is reported and the next one begun.
     *
     * @return 1 if any failed, else 0
     */
    static int each(List<Path> archives, CommandLine command, Work work) throws IOException {
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
                code = Failures.report(e, command, command.getParseResult());
                command.getErr().flush();
            }
            worst = Math.max(worst, code);
        }
        return worst;
    }

    private static int run(Path given, Work work) throws IOException {
        if (!StandardStreams.isDash(given)) {
            return work.run(given, given);
        }
        try (ScratchFolder scratch = ScratchFolder.create()) {
            Path spooled = StandardStreams.spool(scratch, SPOOLED);
            return StandardStreams.naming(spooled, () -> work.run(spooled, given));
        }
    }
}

package dev.ardm.cli;

import dev.ardm.app.Text;
import dev.ardm.app.UserError;
import dev.ardm.app.data.OutputPath;
import dev.ardm.app.data.TrainingData;
import dev.ardm.cli.ArchiveModelOption.Opened;
import dev.ardm.coding.ItemLayout;
import dev.ardm.core.Space;
import dev.ardm.data.format.DataFormat;
import dev.ardm.data.format.OutputOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ardm decompress}. */
@Command(
        name = "decompress",
        description = "Restores the items of archives, all or one, exactly. Archives are kept.",
        exitCodeListHeading = Main.EXIT_CODES,
        exitCodeList = {Main.EXIT_0, Main.EXIT_1, Main.EXIT_2})
final class DecompressCommand extends BaseCommand {
    @Mixin
    private ArchiveModelOption model = new ArchiveModelOption();

    @Mixin
    private ReportingOptions reporting = new ReportingOptions();

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE.ardm",
            description = "Archives; - reads one from standard input, and writes to standard output.")
    @SuppressWarnings("NullAway.Init")
    private List<Path> archives;

    @Option(
            names = "-o",
            paramLabel = "PATH",
            description =
                    "NAME.npy or NAME.idx for all items in one array, NAME.png for one item, else a folder with an"
                            + " image NAME.png for each item. Of files in a format: a name with an extension for one file,"
                            + " else a folder for all; likewise of images of any size. Default: the archive's name without .ardm. - is standard output.")
    private @Nullable String out;

    @Option(
            names = {"-c", "--stdout"},
            description = "Write to standard output: one file, or an array as NPY.")
    private boolean stdout;

    @Option(names = "--item", paramLabel = "K", description = "Only this item; the first is 0.")
    private @Nullable Integer item;

    @Option(
            names = {"-f", "--force"},
            description = "Replace the output if it is a file.")
    private boolean force;

    @Option(
            names = {"-k", "--keep"},
            description = "Keep the archives, as is done anyway.")
    private boolean keep;

    @Option(names = "--keep-going", description = "Write the items that can be read, though others cannot.")
    private boolean keepGoing;

    @Override
    int run() throws IOException {
        if (item != null) {
            requireRange("--item", item, 0, Integer.MAX_VALUE);
        }
        if (out != null && out.isEmpty()) {
            throw usage("-o must not be empty");
        }
        if (stdout && out != null && !out.equals("-")) {
            throw usage("-c and -o exclude each other");
        }
        boolean toOutput = stdout || "-".equals(out);
        if (archives.size() > 1 && out != null && !toOutput) {
            throw usage("-o is for one archive; several are restored beside themselves");
        }
        if (archives.stream().filter(StandardStreams::isDash).count() > 1) {
            throw usage("standard input can be read once");
        }
        return ArchiveArguments.each(archives, commandLine(), (archive, given) -> {
            boolean piped = out == null && StandardStreams.isDash(given);
            return toOutput || piped ? toStandardOutput(archive, given) : toFiles(archive, given);
        });
    }

    private int toFiles(Path archive, Path named) throws IOException {
        if (out == null && !RestoredNames.isArchiveName(archive)) {
            throw new UserError(archive + ": its name does not end in " + RestoredNames.EXTENSION
                    + (archives.size() > 1 ? "; skipped" : "; give a name for what it holds with -o"));
        }
        if (out == null && item != null) {
            throw usage("--item needs -o, or -c for standard output");
        }
        Opened opened = model.forArchive(archive, named, threads());
        Space space = opened.model().space();
        if (reporting.verbose()) {
            out().println(archive + ": with the model " + opened.describe());
        }
        try (ArchiveDecoder decoder = model.decoder(archive, named, opened)) {
            ItemLayout layout = decoder.reader().header().layout();
            DataFormat format = format(archive, opened, layout);
            if (layout.images()) {
                return restoreImages(restoration(archive, decoder), opened, format);
            }
            OutputPath given = out == null || layout.hasSide() ? null : output(out, archive, opened);
            Restoration restoration = restoration(archive, decoder);
            if (layout.hasSide()) {
                return restoreFiles(restoration, opened, format);
            }
            OutputPath output = given;
            if (output == null) {
                output = output(
                        out != null
                                ? out
                                : RestoredNames.ofValues(RestoredNames.stripped(archive), space, restoration.items())
                                        .toString(),
                        archive,
                        opened);
            }
            if (item == null && output.kind() == OutputPath.Kind.PNG && restoration.items() != 1) {
                throw new UserError(output.path() + ": an image holds one item, " + archive + " has "
                        + restoration.items() + "; choose one with --item, or give a folder (NAME/) or NAME.npy");
            }
            boolean folder = output.kind() == OutputPath.Kind.FOLDER;
            RestoreTarget target =
                    target(restoration, format, output.path(), folder ? OutputOptions.As.FOLDER : OutputOptions.As.FILE);
            return report(
                    archive,
                    output.path(),
                    folder ? restoration.named(output.path(), target) : restoration.unnamed(target));
        }
    }

    private static DataFormat format(Path archive, Opened opened, ItemLayout layout) throws IOException {
        DataFormat format = TrainingData.formatOf(opened.model().model());
        if (layout.hasSide() && !layout.images() && format.kind().equals(TrainingData.ARRAYS)) {
            throw new UserError(archive + ": holds files, and the model does not say of which format");
        }
        return format;
    }

    private RestoreTarget target(Restoration restoration, DataFormat format, Path path, OutputOptions.As as) {
        OutputOptions options = OutputOptions.named(force)
                .as(as)
                .with(restoration.decoder().reader().header().layout())
                .atMost(restoration.items());
        return new FileTarget(restoration.archive(), format, path, options);
    }

    private OutputPath output(String name, Path archive, Opened opened) throws IOException {
        OutputPath output;
        try {
            output = OutputPath.of(name, true, force);
        } catch (IllegalArgumentException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
        output.check(archive, opened.file());
        output.check(opened.model().space());
        return output;
    }

    private Restoration restoration(Path archive, ArchiveDecoder decoder) {
        decoder.input().warn(err());
        int size = decoder.reader().size();
        if (item != null && item >= size) {
            throw new UserError(archive + ": there is no item " + item + "; "
                    + (size == 0 ? "the archive is empty" : "it has the items 0.." + (size - 1)));
        }
        int from = item == null ? 0 : item;
        int to = item == null ? size : item + 1;
        return new Restoration(archive, decoder, from, to, keepGoing, reporting, err());
    }

    private int restoreFiles(Restoration restoration, Opened opened, DataFormat format) throws IOException {
        Path archive = restoration.archive();
        Path target = out != null ? Path.of(out) : RestoredNames.stripped(archive);
        boolean sequences = restoration.decoder().reader().header().layout().sequences();
        OutputPath.requireOther(target, archive, opened.file());
        if (out == null && RestoredNames.isSingleDocument(restoration.decoder(), target)) {
            OutputPath.requireFile(target, force);
            return report(
                    archive,
                    target,
                    restoration.unnamed(target(restoration, format, target, OutputOptions.As.FILE)));
        }
        boolean file = hasExtension(target) && !(out != null && out.endsWith("/"));
        if (sequences && file && out != null && restoration.items() != 1) {
            throw new UserError(target + ": is one file, and " + archive + " has " + restoration.items()
                    + "; choose one with --item, or give a folder (a name without a dot)");
        }
        boolean folder = !file || (sequences && out == null);
        RestoreTarget files =
                target(restoration, format, target, folder ? OutputOptions.As.FOLDER : OutputOptions.As.FILE);
        return report(
                archive,
                target,
                folder && sequences ? restoration.named(target, files) : restoration.unnamed(files));
    }

    /** Restores images of any size: under their names into a folder, or one into a file. */
    private int restoreImages(Restoration restoration, Opened opened, DataFormat format) throws IOException {
        Path archive = restoration.archive();
        Path single = out == null ? RestoredNames.singleImage(restoration.decoder(), archive) : null;
        Path target = single != null ? single : out != null ? Path.of(out) : RestoredNames.stripped(archive);
        OutputPath.requireOther(target, archive, opened.file());
        if (single == null && (out == null || out.endsWith("/") || !hasExtension(target))) {
            RestoreTarget folder = target(restoration, format, target, OutputOptions.As.FOLDER);
            return report(archive, target, restoration.named(target, folder));
        }
        if (restoration.items() != 1) {
            throw new UserError(target + ": is one file, and " + archive + " has " + restoration.items()
                    + " images; choose one with --item, or give a folder (NAME/)");
        }
        OutputPath.requireFile(target, force);
        return report(
                archive, target, restoration.unnamed(target(restoration, format, target, OutputOptions.As.FILE)));
    }

    private static boolean hasExtension(Path target) {
        return String.valueOf(target.getFileName()).lastIndexOf('.') > 0 && !Files.isDirectory(target);
    }

    private int toStandardOutput(Path archive, Path named) throws IOException {
        Opened opened = model.forArchive(archive, named, threads());
        try (ArchiveDecoder decoder = model.decoder(archive, named, opened)) {
            ItemLayout layout = decoder.reader().header().layout();
            DataFormat format = format(archive, opened, layout);
            Restoration restoration = restoration(archive, decoder);
            boolean alone = layout.hasSide()
                    ? layout.anySize()
                    : restoration.items() == 1
                            && (item != null || decoder.reader().name(0).isPresent());
            boolean array = !layout.hasSide()
                    && (restoration.items() == 0
                            || decoder.reader().name(restoration.from()).isEmpty());
            if (restoration.items() != 1 && (layout.hasSide() ? alone : !array)) {
                throw new UserError(archive + ": holds " + Text.count(restoration.items(), "file")
                        + ", and standard output takes one; choose one with --item, or see ardm cat");
            }
            if (!layout.hasSide() || !format.kind().equals("text")) {
                StandardStreams.requireNoTerminal(force);
            }
            RestoredFiles files = RestoredFiles.of(archive, decoder, format);
            Restoration.Result result =
                    restoration.unnamed(files.scratch(alone, restoration.items(), StandardStreams::write));
            return result.exitCode();
        }
    }

    private int report(Path archive, Path target, Restoration.Result result) {
        if (reporting.normal()) {
            out().println(archive + " => " + target + ": " + Text.count(result.items(), "item")
                    + (result.exact() ? ", all exact" : ""));
        }
        return result.exitCode();
    }
}

package dev.ardm.cli;

import dev.ardm.app.Text;
import dev.ardm.app.UserError;
import dev.ardm.cli.ArchiveModelOption.Opened;
import dev.ardm.coding.ItemLayout;
import dev.ardm.core.Space;
import dev.ardm.data.FilesWriter;
import dev.ardm.data.format.DataFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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
        Optional<DataFormat> format = TrainingData.formatOf(opened.model().model());
        try (ArchiveDecoder decoder = model.decoder(archive, named, opened)) {
            if (ofImages(decoder)) {
                return restoreImages(restoration(archive, decoder), opened);
            }
            ItemOutput given = out == null || format.isPresent() ? null : output(out, archive, opened);
            Restoration restoration = restoration(archive, decoder);
            if (decoder.reader().header().layout().hasSide()) {
                return restoreDocuments(restoration, opened, requireFormat(archive, format));
            }
            ItemOutput output = given;
            if (output == null) {
                output = output(
                        out != null
                                ? out
                                : RestoredNames.ofValues(RestoredNames.stripped(archive), space, restoration.items())
                                        .toString(),
                        archive,
                        opened);
            }
            if (item == null && output.kind() == ItemOutput.Kind.PNG && restoration.items() != 1) {
                throw new UserError(output.path() + ": an image holds one item, " + archive + " has "
                        + restoration.items() + "; choose one with --item, or give a folder (NAME/) or NAME.npy");
            }
            RestoreTarget target = FileTarget.values(output, space, restoration.items());
            return report(
                    archive,
                    output.path(),
                    output.kind() == ItemOutput.Kind.FOLDER
                            ? restoration.named(output.path(), target)
                            : restoration.unnamed(target));
        }
    }

    private static DataFormat requireFormat(Path archive, Optional<DataFormat> format) {
        return format.orElseThrow(
                () -> new UserError(archive + ": holds files, and the model does not say of which format"));
    }

    private ItemOutput output(String name, Path archive, Opened opened) throws IOException {
        ItemOutput output;
        try {
            output = ItemOutput.of(name, true, force);
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

    private int restoreDocuments(Restoration restoration, Opened opened, DataFormat format) throws IOException {
        Path archive = restoration.archive();
        Path target = out != null ? Path.of(out) : RestoredNames.stripped(archive);
        ItemOutput.requireOther(target, archive, opened.file());
        RestoreTarget documents = FileTarget.documents(archive, format, target, force);
        if (out == null && RestoredNames.isSingleDocument(restoration.decoder(), target)) {
            ItemOutput.requireFile(target, force);
            RestoreTarget single = hasExtension(target)
                    ? documents
                    : new ScratchTarget(
                            "file" + format.extension(),
                            file -> FileTarget.documents(archive, format, file, false),
                            ScratchTarget.to(target, force));
            return report(archive, target, restoration.unnamed(single));
        }
        boolean file = hasExtension(target) && !(out != null && out.endsWith("/"));
        if (format.sequences() && out == null && file) {
            return intoDottedFolder(restoration, target, documents);
        }
        if (format.sequences() && file && restoration.items() != 1) {
            throw new UserError(target + ": is one file, and " + archive + " has " + restoration.items()
                    + "; choose one with --item, or give a folder (a name without a dot)");
        }
        if (out != null && out.endsWith("/") && hasExtension(target)) {
            return intoDottedFolder(restoration, target, documents);
        }
        return report(
                archive,
                target,
                !format.sequences() || file ? restoration.unnamed(documents) : restoration.named(target, documents));
    }

    private static boolean ofImages(ArchiveDecoder decoder) {
        ItemLayout layout = decoder.reader().header().layout();
        return layout.images();
    }

    /** Restores images of any size: under their names into a folder, or one into a file. */
    private int restoreImages(Restoration restoration, Opened opened) throws IOException {
        Path archive = restoration.archive();
        Path single = out == null ? RestoredNames.singleImage(restoration.decoder(), archive) : null;
        Path target = single != null ? single : out != null ? Path.of(out) : RestoredNames.stripped(archive);
        ItemOutput.requireOther(target, archive, opened.file());
        Space space = opened.model().space();
        if (single == null && (out == null || out.endsWith("/") || !hasExtension(target))) {
            RestoreTarget folder = FileTarget.images(archive, space, () -> FilesWriter.folder(target));
            return report(archive, target, restoration.named(target, folder));
        }
        if (restoration.items() != 1) {
            throw new UserError(target + ": is one file, and " + archive + " has " + restoration.items()
                    + " images; choose one with --item, or give a folder (NAME/)");
        }
        ItemOutput.requireFile(target, force);
        RestoreTarget file = FileTarget.images(archive, space, () -> FilesWriter.file(target, force));
        return report(archive, target, restoration.unnamed(file));
    }

    /** A name with a dot would be taken for that of a file, unless there is a folder of it. */
    private int intoDottedFolder(Restoration restoration, Path folder, RestoreTarget documents) throws IOException {
        boolean made = !Files.exists(folder);
        if (made) {
            Files.createDirectory(folder);
        }
        boolean restored = false;
        try {
            int code = report(restoration.archive(), folder, restoration.named(folder, documents));
            restored = true;
            return code;
        } finally {
            if (made && !restored) {
                Files.deleteIfExists(folder);
            }
        }
    }

    private static boolean hasExtension(Path target) {
        return String.valueOf(target.getFileName()).lastIndexOf('.') > 0 && !Files.isDirectory(target);
    }

    private int toStandardOutput(Path archive, Path named) throws IOException {
        Opened opened = model.forArchive(archive, named, threads());
        Optional<DataFormat> format = TrainingData.formatOf(opened.model().model());
        try (ArchiveDecoder decoder = model.decoder(archive, named, opened)) {
            Restoration restoration = restoration(archive, decoder);
            boolean documents = decoder.reader().header().layout().hasSide();
            boolean alone = documents
                    ? ofImages(decoder) || requireFormat(archive, format).sequences()
                    : restoration.items() == 1
                            && (item != null || decoder.reader().name(0).isPresent());
            boolean array = !documents
                    && (restoration.items() == 0
                            || decoder.reader().name(restoration.from()).isEmpty());
            if (restoration.items() != 1 && (documents ? alone : !array)) {
                throw new UserError(archive + ": holds " + Text.count(restoration.items(), "file")
                        + ", and standard output takes one; choose one with --item, or see ardm cat");
            }
            if (!documents || !format.map(DataFormat::kind).equals(Optional.of("text"))) {
                StandardStreams.requireNoTerminal(force);
            }
            RestoredFiles files =
                    RestoredFiles.of(archive, decoder, opened.model().space(), format.orElse(null));
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

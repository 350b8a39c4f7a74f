package dev.ardm.cli;

import dev.ardm.app.Text;
import dev.ardm.app.UserError;
import dev.ardm.cli.ArchiveModelOption.Opened;
import dev.ardm.data.ImageFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ardm extract}. */
@Command(
        name = "extract",
        description = "Restores some items of an archive as files. Only these items are decoded.",
        exitCodeListHeading = Main.EXIT_CODES,
        exitCodeList = {Main.EXIT_0, Main.EXIT_1, Main.EXIT_2})
final class ExtractCommand extends BaseCommand {
    @Mixin
    private ArchiveModelOption model = new ArchiveModelOption();

    @Mixin
    private ReportingOptions reporting = new ReportingOptions();

    @Parameters(index = "0", paramLabel = "FILE.ardm", description = "The archive; - reads it from standard input.")
    @SuppressWarnings("NullAway.Init")
    private Path archive;

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "ITEM",
            description = "Names, numbers from 0, or patterns with * and ?.")
    @SuppressWarnings("NullAway.Init")
    private List<String> items;

    @Option(
            names = "-o",
            paramLabel = "PATH",
            description = "A folder, which may be there (NAME/ if not), or for one item a file. Rows need a file."
                    + " Default: the current folder.")
    private @Nullable String out;

    @Option(
            names = {"-f", "--force"},
            description = "Replace files.")
    private boolean force;

    @Override
    int run() throws IOException {
        if (out != null && out.isEmpty()) {
            throw usage("-o must not be empty");
        }
        return ArchiveArguments.each(List.of(archive), commandLine(), this::extract);
    }

    private int extract(Path file, Path given) throws IOException {
        Opened opened = model.forArchive(file, given, threads());
        if (reporting.verbose()) {
            out().println(file + ": with the model " + opened.describe());
        }
        try (ArchiveDecoder decoder = model.decoder(file, given, opened)) {
            decoder.input().warn(err());
            RestoredFiles files = RestoredFiles.of(
                    file,
                    decoder,
                    opened.model().space(),
                    TrainingData.formatOf(opened.model().model()).orElse(null));
            List<Integer> chosen = ItemSelection.of(file, decoder.reader().size(), decoder::name, items);
            RunFindings findings = new RunFindings(decoder);
            if (files.rows()) {
                rows(decoder, chosen, files, findings);
            } else {
                List<Path> targets = targets(decoder, chosen, files);
                for (Path target : targets) {
                    ItemOutput.requireOther(target, file, opened.file());
                }
                each(decoder, chosen, targets, files, findings);
            }
            return findings.requireGood();
        }
    }

    /** Where the items go, all of it looked at before the work. */
    private List<Path> targets(ArchiveDecoder decoder, List<Integer> chosen, RestoredFiles files) throws IOException {
        Path path = Path.of(out == null ? "." : out);
        boolean folder = out == null || out.endsWith("/") || Files.isDirectory(path);
        if (!folder && chosen.size() > 1) {
            throw new UserError(path + ": is not a folder, and " + chosen.size()
                    + " items were chosen; make the folder, or write NAME/");
        }
        if (!folder) {
            ItemOutput.requireFile(path, force);
            return List.of(path);
        }
        List<String> names = new ArrayList<>();
        for (int k : chosen) {
            names.add(files.name(decoder.name(k)));
        }
        Set<String> taken = new HashSet<>();
        for (String name : names) {
            if (!taken.add(name.toLowerCase(Locale.ROOT))) {
                throw new UserError(decoder.reader().size() + " items, and two of those chosen would become "
                        + Text.printable(name) + "; extract them one by one with -o FILE");
            }
        }
        List<Path> targets = new ArrayList<>();
        List<String> portable = FolderNames.portable(names);
        for (int i = 0; i < portable.size(); i++) {
            ImageFolder.requireName(chosen.get(i), portable.get(i));
            Path target = path.resolve(portable.get(i)).normalize();
            if (Files.isDirectory(target)) {
                throw new UserError(target + ": is a folder");
            }
            if (Files.exists(target) && !force) {
                throw new UserError(target + ": exists already; --force replaces it");
            }
            targets.add(target);
        }
        return targets;
    }

    private void each(
            ArchiveDecoder decoder, List<Integer> chosen, List<Path> targets, RestoredFiles files, RunFindings findings)
            throws IOException {
        ItemSelection.runs(
                chosen,
                (from, to) -> findings.add(decoder.decode(
                        from,
                        to,
                        (k, item) -> {
                            Path target = targets.get(Collections.binarySearch(chosen, k));
                            Path parent = target.getParent();
                            if (parent != null) {
                                Files.createDirectories(parent);
                            }
                            try (RestoreTarget one = files.scratch(true, 1, ScratchTarget.to(target, force))) {
                                one.begin();
                                one.add(item, decoder.name(k), decoder.reader().time(k));
                                one.commit();
                            }
                            report(Text.printable(decoder.name(k)), target);
                        },
                        n -> {})));
    }

    private void rows(ArchiveDecoder decoder, List<Integer> chosen, RestoredFiles files, RunFindings findings)
            throws IOException {
        if (out == null || Files.isDirectory(Path.of(out))) {
            throw usage("the items are rows of a table; name a file for them with -o");
        }
        Path target = Path.of(out);
        ItemOutput.requireFile(target, force);
        try (RestoreTarget table = files.scratch(false, chosen.size(), ScratchTarget.to(target, force))) {
            table.begin();
            ItemSelection.runs(
                    chosen,
                    (from, to) -> findings.add(
                            decoder.decode(from, to, (k, item) -> table.add(item, "", OptionalLong.empty()), n -> {})));
            if (findings.good() || (decoder.input().recovered() && table.size() > 0)) {
                table.commit();
                report(Text.count(table.size(), "row"), target);
            }
        }
    }

    private void report(String what, Path target) {
        if (reporting.normal()) {
            out().println(what + " => " + target);
        }
    }
}

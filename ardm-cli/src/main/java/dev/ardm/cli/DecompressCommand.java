package dev.ardm.cli;

import dev.ardm.cli.Failures.UserError;
import dev.ardm.core.model.ArdmModel;
import dev.ardm.data.PackedItemSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ardm decompress}. */
@Command(name = "decompress", description = "Restores the items of an archive, all or one, exactly.")
final class DecompressCommand extends BaseCommand {
    @Mixin
    private ModelOption model = new ModelOption();

    @Parameters(paramLabel = "FILE.ardm", description = "The archive.")
    @SuppressWarnings("NullAway.Init")
    private Path archive;

    @Option(
            names = "-o",
            required = true,
            paramLabel = "PATH",
            description =
                    "NAME.npy or NAME.idx for all items in one array, NAME.png for one item, else a folder with an"
                            + " image NAME.png for each item.")
    @SuppressWarnings("NullAway.Init")
    private String out;

    @Option(names = "--item", paramLabel = "K", description = "Only this item; the first is 0.")
    private @Nullable Integer item;

    @Option(
            names = {"-f", "--force"},
            description = "Replace the output if it is a file.")
    private boolean force;

    @Option(names = "--keep-going", description = "Write the items that can be read, though others cannot.")
    private boolean keepGoing;

    @Override
    int run() throws IOException {
        if (item != null) {
            requireRange("--item", item, 0, Integer.MAX_VALUE);
        }
        ItemOutput output;
        try {
            output = ItemOutput.of(out, true, force);
        } catch (IllegalArgumentException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
        requireArchive(archive);
        ArdmModel likelihood = model.open(threads());
        output.check(archive, model.file());
        try (ArchiveDecoder decoder =
                ArchiveDecoder.open(archive, likelihood, likelihood.model().id())) {
            output.check(likelihood.space());
            List<Integer> items = wanted(decoder, output);
            return restore(decoder, likelihood, items, output);
        }
    }

    /** Refuses what is no file. */
    static void requireArchive(Path archive) throws IOException {
        if (!Files.exists(archive)) {
            throw new NoSuchFileException(archive.toString());
        }
        if (Files.isDirectory(archive)) {
            throw new UserError(archive + ": is a folder, not an archive");
        }
    }

    private List<Integer> wanted(ArchiveDecoder decoder, ItemOutput output) {
        int size = decoder.reader().size();
        if (item != null) {
            if (item >= size) {
                throw new UserError(archive + ": there is no item " + item + "; "
                        + (size == 0 ? "the archive is empty" : "it has the items 0.." + (size - 1)));
            }
            return List.of(item);
        }
        if (output.kind() == ItemOutput.Kind.PNG && size != 1) {
            throw new UserError(output.path() + ": an image holds one item, " + archive + " has " + size
                    + "; choose one with --item, or give a folder (NAME/) or NAME.npy");
        }
        return IntStream.range(0, size).boxed().toList();
    }

    private int restore(ArchiveDecoder decoder, ArdmModel likelihood, List<Integer> wanted, ItemOutput output)
            throws IOException {
        PackedItemSet.Builder items = PackedItemSet.builder(likelihood.space().dimensions());
        List<String> names =
                FolderNames.portable(wanted.stream().map(decoder::name).toList());
        boolean named = output.kind() == ItemOutput.Kind.FOLDER;
        if (named && names.size() != names.stream().distinct().count()) {
            throw new UserError(archive + ": two items have one name; write them to a file NAME.npy");
        }
        List<String> changed = new ArrayList<>();
        ArchiveFindings findings;
        try (Progress progress = new Progress("decompress", wanted.size())) {
            findings = decoder.decode(
                    wanted,
                    (k, values) -> {
                        String name = names.get(item == null ? k : 0);
                        items.add(values, named ? name : null);
                        if (named && !name.equals(decoder.name(k))) {
                            changed.add(name);
                        }
                    },
                    progress);
        }
        if (!findings.good() && (!keepGoing || items.size() == 0)) {
            throw new UserError(findings.describe(decoder::name)
                    + (keepGoing
                            ? ""
                            : System.lineSeparator() + "nothing was written; --keep-going writes what can be read"));
        }
        output.write(items.build(likelihood.space()), Map.of());
        if (!changed.isEmpty()) {
            err().println("ardm: characters that not every file system takes were replaced in "
                    + Text.count(changed.size(), "name") + ", such as " + Text.printable(changed.get(0)));
        }
        if (!findings.good()) {
            err().println("ardm: " + findings.describe(decoder::name));
        }
        err().flush();
        out().println(archive + " => " + output.path() + ": " + Text.count(items.size(), "item")
                + (findings.good() ? ", all exact" : ""));
        return findings.good() ? 0 : 1;
    }
}

package dev.ardm.app.quickstart;

import dev.ardm.app.Listener;
import dev.ardm.app.Text;
import dev.ardm.app.archive.Attributes;
import dev.ardm.app.archive.RestoredNames;
import dev.ardm.app.archive.SecondMachine;
import dev.ardm.app.pack.PackOptions;
import dev.ardm.app.pack.Packing;
import dev.ardm.app.report.ByteCodec;
import dev.ardm.app.report.ItemBaselines;
import dev.ardm.app.train.TrainingRun;
import dev.ardm.coding.internal.file.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Lines of a log packed with their model inside, restored by a second JVM, and beside them what others make of the same lines.
 *
 * @param archive next to which the log is written under the same name without the ending
 */
record PackedLog(Path archive, long seed, int threads, TrainingRun.Origin origin, Listener listener, Steps steps) {
    private static final int LINES = 1000;
    private static final int NAMES = 40;

    /** Does it; returns whether the log came back exactly. */
    boolean run() throws IOException {
        List<byte[]> lines = LogLines.of(LINES, seed).stream()
                .map(line -> (line + "\n").getBytes(StandardCharsets.US_ASCII))
                .toList();
        Path log = RestoredNames.stripped(archive);
        Files.createDirectories(log.toAbsolutePath().getParent());
        AtomicFile.write(log, false, out -> {
            for (byte[] line : lines) {
                out.write(line);
            }
        });
        PackOptions options =
                new PackOptions(Optional.empty(), 0, OptionalInt.empty(), false, Attributes.NONE, threads);
        Packing.Packed packed = new Packing(options, origin, new Quiet(listener)).pack(log, archive);
        steps.done(
                "%nPacked %s of a made-up server, each readable alone, model inside: %s",
                Text.count(packed.items(), "line"), archive);
        boolean exact = SecondMachine.restore(archive, log, threads, listener);
        steps.done(exact ? "The lines are in %s" : "THE LINES DIFFER from those in %s; please report this", log);
        compare(packed, lines, Files.readAllBytes(log));
        return exact;
    }

    private void compare(Packing.Packed packed, List<byte[]> lines, byte[] whole) throws IOException {
        ItemBaselines others = ItemBaselines.of(lines);
        steps.say(
                "%nBytes of the %s, %,d without compression:%n", Text.count(packed.items(), "line"), packed.rawBytes());
        row("ardm pack, model of " + Text.number(packed.modelBytes()) + " counted", packed.bytes(), true);
        String dictionary =
                others.dictionary() == 0 ? "" : ", dictionary of " + Text.number(others.dictionary()) + " counted";
        row("zstd -19" + dictionary, others.zstdWithDictionary(packed.rawBytes()), true);
        row("zstd -19, all as one file", ByteCodec.zstd().size(List.of(whole)), false);
        row("xz -9e, all as one file", others.solidXz(packed.rawBytes()), false);
        steps.done("%nOf one file nobody can read a line without all before it. Compared");
    }

    private void row(String name, long bytes, boolean alone) {
        steps.say("  %-" + NAMES + "s %,8d%s", name, bytes, alone ? "  each line alone" : "");
    }

    /** Hides what packing reports about its trials: the quickstart reports the result in its own words. */
    private record Quiet(Listener listener) implements Listener {
        @Override
        public Task begin(String task, long total) {
            return listener.begin(task, total);
        }

        @Override
        public void notice(String line) {}

        @Override
        public void warn(String line) {
            listener.warn(line);
        }
    }
}

package dev.ardm.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ardm.cli.FaultyWork.Kind;
import dev.ardm.core.RandomStream;
import dev.ardm.core.RandomStream.Purpose;
import dev.ardm.data.array.NpyFile;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Processes that compress, decompress and append meet what may happen to processes: they are killed or interrupted at random
 * moments, the disk is full, the folder is read-only or is removed, the source changes. The property {@code ardm.test.faults} says
 * how often; {@code bench/run faults} does it 200 times and prints the table of docs/internals/faults.md.
 */
@EnabledOnOs({OS.LINUX, OS.MAC})
@Tag("slow")
class ProcessFaultsTest {
    private static final int ROUNDS = Integer.getInteger("ardm.test.faults", 1);
    private static final int KILLS = Integer.getInteger("ardm.test.faults", 3);
    private static final int SECONDS = 120;
    /** How a JVM ends that is interrupted before it has a handler. */
    private static final Set<Integer> BY_SIGNAL = Set.of(130, 143);
    /** After that many rounds what was left over must be deleted by one that nothing happens to. */
    private static final int BETWEEN_CLEANINGS = 20;

    @TempDir
    static Path shared;

    @TempDir
    Path dir;

    @BeforeAll
    static void prepare() throws IOException {
        FaultyWork.prepare(shared.resolve("sources"));
    }

    /** What came of a process. */
    private record Ended(int code, String said, boolean middle) {}

    /** Something that happens to a process. */
    private interface Fault {
        void strike(Process process) throws Exception;
    }

    /** How many rounds were struck in the middle of writing, or came to their end before. */
    private static final class Tally {
        private int rounds;
        private int middle;
        private int completed;

        void add(boolean inTheMiddle, boolean complete) {
            rounds++;
            middle += inTheMiddle ? 1 : 0;
            completed += complete ? 1 : 0;
        }

        /** Adds a row to the table, if there must be one. Whoever comes here has found nothing wrong. */
        void report(String fault, String command) throws IOException {
            String table = System.getProperty("ardm.test.faults.table", "");
            if (!table.isEmpty()) {
                String row = String.format(
                        Locale.ROOT, "| %s | %s | %d | %d | %d | held |%n", fault, command, rounds, middle, completed);
                Files.writeString(Path.of(table), row, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            }
        }
    }

    private FaultyWork work(Kind kind) throws IOException {
        return FaultyWork.of(kind, shared.resolve("sources"), dir.resolve("out"));
    }

    private static String name(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static Process start(List<String> line) throws IOException {
        return Programs.in(shared, line).redirectErrorStream(true).start();
    }

    private static String finish(Process process, CompletableFuture<String> said) throws Exception {
        try {
            assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
            return said.get(SECONDS, TimeUnit.SECONDS);
        } finally {
            process.destroyForcibly();
        }
    }

    private static CompletableFuture<String> reading(Process process) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                return "";
            }
        });
    }

    private static Ended run(List<String> line) throws Exception {
        Process process = start(line);
        String said = finish(process, reading(process));
        return new Ended(process.exitValue(), said, false);
    }

    /** How long a process takes to begin to write and from there to its end, in nanoseconds. */
    private static long[] times(FaultyWork work) throws Exception {
        long start = System.nanoTime();
        Process process = start(work.line());
        CompletableFuture<String> said = reading(process);
        while (process.isAlive() && !work.begun()) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
        long begun = System.nanoTime();
        work.requireSound(finish(process, said));
        assertThat(process.exitValue()).isZero();
        return new long[] {begun - start, System.nanoTime() - begun};
    }

    /** Strikes at a random moment: mostly while it writes, now and then also before. */
    private static Ended struck(FaultyWork work, RandomStream random, long[] times, Fault fault) throws Exception {
        Process process = start(work.line());
        CompletableFuture<String> said = reading(process);
        if (random.nextInt(4) == 0) {
            TimeUnit.NANOSECONDS.sleep((long) (random.nextDouble() * (times[0] + times[1])));
        } else {
            while (process.isAlive() && !work.begun()) {
                TimeUnit.MILLISECONDS.sleep(1);
            }
            TimeUnit.NANOSECONDS.sleep((long) (random.nextDouble() * times[1]));
        }
        boolean middle = work.begun() && process.isAlive();
        fault.strike(process);
        String text = finish(process, said);
        return new Ended(process.exitValue(), text, middle);
    }

    private static void requireNoSurprise(Ended ended) {
        assertThat(ended.said()).doesNotContain("internal error", "Exception");
    }

    /** Does it once without any fault: then nothing may be left but the result. */
    private static void requireRecovers(FaultyWork work) throws Exception {
        work.age();
        work.reset();
        Ended ended = run(work.line());
        assertThat(ended.code()).as(ended.said()).isZero();
        work.requireSound(ended.said());
        assertThat(work.complete()).isTrue();
        assertThat(work.left()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void killed(Kind kind) throws Exception {
        FaultyWork work = work(kind);
        RandomStream random = RandomStream.of(1, Purpose.TEST, kind.ordinal());
        long[] times = times(work);
        Tally tally = new Tally();
        for (int round = 0; round < KILLS; round++) {
            work.reset();
            // Unlike destroyForcibly this leaves what the process has printed.
            Ended ended =
                    struck(work, random, times, process -> process.toHandle().destroyForcibly());
            work.requireSound(ended.said());
            tally.add(ended.middle(), work.complete());
            if (round % BETWEEN_CLEANINGS == BETWEEN_CLEANINGS - 1) {
                requireRecovers(work);
            }
        }
        requireRecovers(work);
        tally.report("kill -9", name(kind));
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void interrupted(Kind kind) throws Exception {
        FaultyWork work = work(kind);
        RandomStream random = RandomStream.of(2, Purpose.TEST, kind.ordinal());
        long[] times = times(work);
        Tally tally = new Tally();
        for (int round = 0; round < ROUNDS; round++) {
            work.reset();
            Ended ended = struck(work, random, times, Programs::interrupt);
            requireNoSurprise(ended);
            work.requireSound(ended.said());
            // In its first moments a JVM has no handler of ours: nothing is written then.
            if (kind != Kind.APPEND && (ended.middle() || !BY_SIGNAL.contains(ended.code()))) {
                assertThat(ended.code()).as(ended.said()).isBetween(0, 1);
                assertThat(ended.code() == 1 || work.complete()).isTrue();
            }
            assertThat(work.left()).isEmpty();
            tally.add(ended.middle(), work.complete());
        }
        requireRecovers(work);
        tally.report("Ctrl-C", name(kind));
    }

    /** No file may be longer than so much, as of a user whose quota is used up. */
    @ParameterizedTest
    @EnumSource(Kind.class)
    void filesMayNotGrow(Kind kind) throws Exception {
        FaultyWork work = work(kind);
        RandomStream random = RandomStream.of(3, Purpose.TEST, kind.ordinal());
        times(work);
        int largest = (int) (largest(work.out) / 1024) + 1;
        Tally tally = new Tally();
        for (int round = 0; round < ROUNDS; round++) {
            if (kind == Kind.APPEND) {
                FaultyWork.delete(work.out);
                Files.createDirectory(work.out);
                work = work(kind);
            }
            work.reset();
            List<String> line = new ArrayList<>(
                    List.of("bash", "-c", "ulimit -f " + random.nextInt(largest) + "; exec \"$@\"", "limited"));
            line.addAll(work.line());
            line.add(line.indexOf("-cp"), "-XX:-UsePerfData"); // which is a file, too
            tally.add(requireSaidSo(work, run(line)), work.complete());
        }
        requireRecovers(work);
        tally.report("file size limit", name(kind));
    }

    private static long largest(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .max()
                    .orElseThrow();
        }
    }

    /** Requires that a process either did all, or said why not and left nothing; returns whether it failed. */
    private static boolean requireSaidSo(FaultyWork work, Ended ended) throws IOException {
        requireNoSurprise(ended);
        work.requireSound(ended.said());
        assertThat(work.left()).isEmpty();
        assertThat(ended.code()).as(ended.said()).isBetween(0, 1);
        assertThat(work.complete()).isEqualTo(ended.code() == 0);
        if (ended.code() == 1) {
            assertThat(ended.said()).contains(work.out.toString());
        }
        return ended.code() == 1;
    }

    /** The property {@code ardm.test.faults.disk} names a small file system that nobody else needs. */
    @ParameterizedTest
    @EnumSource(Kind.class)
    void diskFull(Kind kind) throws Exception {
        String disk = System.getProperty("ardm.test.faults.disk", "");
        assumeTrue(!disk.isEmpty(), "no small file system was given");
        Path small = Path.of(disk);
        assertThat(Files.getFileStore(small).getTotalSpace())
                .as("never fill a real disk")
                .isLessThan(64 << 20);
        Path filler = small.resolve("filler");
        FaultyWork work = FaultyWork.of(kind, shared.resolve("sources"), small.resolve("out"));
        long free = Files.getFileStore(small).getUsableSpace();
        times(work);
        long needed = free - Files.getFileStore(small).getUsableSpace() + 16_384;
        RandomStream random = RandomStream.of(4, Purpose.TEST, kind.ordinal());
        Tally tally = new Tally();
        for (int round = 0; round < ROUNDS; round++) {
            FaultyWork.delete(work.out);
            work = FaultyWork.of(kind, shared.resolve("sources"), small.resolve("out"));
            work.reset();
            fill(filler, Files.getFileStore(small).getUsableSpace() - (long) (random.nextDouble() * needed));
            tally.add(requireSaidSo(work, run(work.line())), work.complete());
            Files.delete(filler);
        }
        requireRecovers(work);
        FaultyWork.delete(work.out);
        tally.report("disk full", name(kind));
    }

    private static void fill(Path file, long length) throws IOException {
        byte[] some = new byte[4096];
        try (OutputStream out = Files.newOutputStream(file)) {
            for (long at = 0; at < length; at += some.length) {
                out.write(some);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void folderRemovedMeanwhile(Kind kind) throws Exception {
        FaultyWork work = work(kind);
        RandomStream random = RandomStream.of(5, Purpose.TEST, kind.ordinal());
        long[] times = times(work);
        Tally tally = new Tally();
        for (int round = 0; round < ROUNDS; round++) {
            FaultyWork.delete(work.out);
            work = work(kind);
            Path out = work.out;
            Ended ended = struck(work, random, times, process -> remove(out));
            requireNoSurprise(ended);
            assertThat(ended.code()).as(ended.said()).isBetween(0, 1);
            if (kind != Kind.APPEND && Files.exists(out)) { // An unlinked store is still written to.
                work.requireSound(ended.said());
            }
            if (ended.code() == 1) {
                assertThat(ended.said()).contains(out.toString());
            }
            tally.add(ended.middle(), ended.code() == 0);
        }
        FaultyWork.delete(work.out);
        requireRecovers(work(kind));
        tally.report("folder removed", name(kind));
    }

    /** At one blow: what takes single files out of a folder that is being filled is no fault that could be noticed. */
    private static void remove(Path folder) throws IOException {
        Path gone = folder.resolveSibling("gone");
        Files.move(folder, gone, StandardCopyOption.ATOMIC_MOVE);
        FaultyWork.delete(gone);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void folderReadOnly(Kind kind) throws Exception {
        FaultyWork work = work(kind);
        Tally tally = new Tally();
        try (Protected folder = new Protected(work.out)) {
            assumeTrue(folder.holds(), "this user may write everywhere");
            tally.add(requireSaidSo(work, run(work.line())), false);
        }
        requireRecovers(work);
        tally.report("folder read-only", name(kind));
    }

    @Test
    void archiveReadOnly() throws Exception {
        FaultyWork work = work(Kind.APPEND);
        times(work);
        Path store = work.out.resolve("store.ardm");
        byte[] before = Files.readAllBytes(store);
        work.reset();
        Tally tally = new Tally();
        try (Protected file = new Protected(store)) {
            assumeTrue(file.holds(), "this user may write everywhere");
            tally.add(requireSaidSo(work, run(work.line())), false);
        }
        assertThat(store).hasBinaryContent(before);
        requireRecovers(work);
        tally.report("file read-only", name(Kind.APPEND));
    }

    /** What nobody may write: by its permissions, or of the superuser by the attribute that even that one respects. */
    private record Protected(Path path) implements AutoCloseable {
        Protected {
            mark(path, "u-w", "+i");
        }

        /** Whether that is so. */
        boolean holds() {
            if (!Files.isDirectory(path)) {
                try (var channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
                    return !channel.isOpen();
                } catch (IOException e) {
                    return true;
                }
            }
            try {
                Files.delete(Files.createFile(path.resolve("trial")));
                return false;
            } catch (IOException e) {
                return true;
            }
        }

        private static void mark(Path path, String mode, String attribute) {
            try {
                Programs.system("chmod", mode, path.toString());
                Programs.system("chattr", attribute, path.toString());
            } catch (IOException e) {
                // No such program: the permissions have to do.
            }
        }

        @Override
        public void close() {
            mark(path, "u+w", "-i");
            try { // While the attribute is set the permissions cannot be changed.
                Programs.system("chmod", "u+w", path.toString());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The archive is that of the old source or of the new one, or there is none: never one of half of each. */
    @Test
    void sourceChangedMeanwhile() throws Exception {
        Path sources = dir.resolve("sources");
        FaultyWork.prepare(sources);
        Path items = sources.resolve("items.npy");
        Path kept = sources.resolve("kept.npy");
        Files.copy(items, kept);
        Path other = sources.resolve("other.npy");
        NpyFile.write(other, Cli.items(FaultyWork.SPACE, FaultyWork.ITEMS, 9));
        byte[] whole = Files.readAllBytes(items);
        byte[] old = Files.readAllBytes(sources.resolve("x.ardm"));
        Cli.run(
                        "compress",
                        "-m",
                        sources.resolve("model.safetensors"),
                        "--calls",
                        FaultyWork.CALLS,
                        "-o",
                        sources.resolve("y.ardm"),
                        other)
                .good();
        byte[] next = Files.readAllBytes(sources.resolve("y.ardm"));
        FaultyWork work = FaultyWork.of(Kind.COMPRESS, sources, dir.resolve("out"));
        RandomStream random = RandomStream.of(6, Purpose.TEST, 0);
        long[] times = times(work);
        Tally tally = new Tally();
        Path target = work.out.resolve("x.ardm");
        for (int round = 0; round < ROUNDS; round++) {
            work.reset();
            Files.copy(kept, items, StandardCopyOption.REPLACE_EXISTING);
            boolean cut = round % 3 == 2;
            Ended ended = struck(work, random, times, process -> {
                if (cut) {
                    try (var channel = FileChannel.open(items, StandardOpenOption.WRITE)) {
                        channel.truncate(random.nextInt(whole.length));
                    }
                } else {
                    Path copy = Files.copy(other, sources.resolve("copy"), StandardCopyOption.REPLACE_EXISTING);
                    Files.move(copy, items, StandardCopyOption.ATOMIC_MOVE);
                }
            });
            requireNoSurprise(ended);
            assertThat(work.left()).isEmpty();
            assertThat(work.complete()).isEqualTo(ended.code() == 0);
            if (work.complete()) {
                byte[] archive = Files.readAllBytes(target);
                assertThat(archive).isIn(old, next);
            } else {
                assertThat(ended.said()).contains("items.npy");
            }
            tally.add(ended.middle(), work.complete());
        }
        tally.report("source changed", "compress");
    }
}

package dev.ardm.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ardm.app.train.TrainingRun;
import dev.ardm.coding.ChildProcess;
import dev.ardm.core.Space;
import dev.ardm.core.archive.ItemArchive;
import dev.ardm.core.family.Models;
import dev.ardm.data.array.NpyFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Commands on a terminal, with their progress bar, meet its keys: Ctrl-C, Ctrl-Z and {@code fg}, and what else ends or stops a
 * process. The terminal is made by {@code script} of util-linux.
 */
@EnabledOnOs(OS.LINUX)
@Tag("slow")
class TerminalTest {
    private static final Space SPACE = Space.image(8, 8, 1, 16);
    /** Work for a minute, to interrupt, and for seconds, to end. */
    private static final int MANY = 1500;

    private static final int SOME = 150;
    private static final int FEW = 30;
    private static final int CALLS = 32;
    private static final char CTRL_C = 3;
    private static final char CTRL_Z = 26;

    @TempDir
    static Path shared;

    @TempDir
    Path dir;

    @BeforeAll
    static void prepare() throws IOException {
        Cli.modelFile(shared.resolve("model.safetensors"), SPACE, 1);
        for (int count : new int[] {MANY, SOME, FEW}) {
            NpyFile.write(items(count), Cli.items(SPACE, count, count));
            Cli.run("compress", "-m", model(), "--calls", count == MANY ? 4 : CALLS, "-o", archive(count), items(count))
                    .good();
        }
    }

    private static Path items(int count) {
        return shared.resolve(count + ".npy");
    }

    private static Path archive(int count) {
        return shared.resolve(count + ".ardm");
    }

    private static Path model() {
        return shared.resolve("model.safetensors");
    }

    /** A command that has the keys and the window of a terminal. */
    private final class Terminal implements AutoCloseable {
        private final ChildProcess child;

        /** @param more shell commands that come afterwards */
        Terminal(String more, Object... args) throws IOException {
            this("TERM=xterm", more, args);
        }

        /** @param variable of the environment */
        Terminal(String variable, String more, Object... args) throws IOException {
            try {
                ChildProcess.run(new ProcessBuilder("script", "--version"), new byte[0]);
            } catch (IOException e) {
                assumeTrue(false, "no program script");
            }
            List<String> line = Programs.line(args);
            line.add(1, "-Dardm.stderr.terminal=true");
            StringBuilder text = new StringBuilder("set -m\nenv --default-signal=INT,TERM,TSTP,HUP " + variable);
            line.forEach(word -> text.append(" '").append(word).append('\''));
            Path commands = Files.writeString(dir.resolve("commands"), text + "\necho \"[$?]\"\n" + more + "\n");
            child = ChildProcess.start(Programs.in(
                            dir,
                            List.of(
                                    "timeout",
                                    "-k",
                                    "5",
                                    "150",
                                    "script",
                                    "-qefc",
                                    "bash '" + commands + "'",
                                    "/dev/null"))
                    .redirectErrorStream(true));
        }

        void await(String text) {
            child.await(text, ChildProcess.LIMIT);
        }

        void type(char key) throws IOException {
            OutputStream in = child.process().getOutputStream();
            in.write(key);
            in.flush();
        }

        void signal(String name) throws IOException {
            long pid = child.process()
                    .descendants()
                    .filter(process -> process.info().command().orElse("").endsWith("java"))
                    .findFirst()
                    .orElseThrow()
                    .pid();
            Programs.system("kill", "-" + name, Long.toString(pid));
        }

        void strike(String how) throws IOException {
            switch (how) {
                case "Ctrl-C" -> type(CTRL_C);
                case "Ctrl-Z" -> type(CTRL_Z);
                default -> signal(how);
            }
        }

        /** All that was shown. */
        String end() {
            String text = child.end(Duration.ofSeconds(150)).text();
            assertThat(text).doesNotContain("internal error", "Exception");
            return text;
        }

        @Override
        public void close() {
            child.process().descendants().forEach(ProcessHandle::destroyForcibly);
            child.close();
        }
    }

    /** The arguments of a command that writes so many items into a folder. */
    private Object[] work(String command, int count, Path out) throws IOException {
        Files.createDirectories(out);
        return switch (command) {
            case "compress" ->
                new Object[] {command, "-m", model(), "--calls", CALLS, "-o", out.resolve("x.ardm"), items(count)};
            case "pack" -> {
                // Bytes from which nothing can be learnt take longest.
                byte[] bytes = new byte[count << 9];
                new Random(1).nextBytes(bytes);
                yield new Object[] {command, Files.write(dir.resolve("random.log"), bytes), "-o", out.resolve("x.ardm")
                };
            }
            case "decompress" -> new Object[] {command, "-m", model(), "-o", out + "/x/", archive(count)};
            default -> {
                Files.copy(archive(FEW), out.resolve("x.ardm"));
                yield new Object[] {command, "-m", model(), out.resolve("x.ardm"), items(count)};
            }
        };
    }

    private static Map<String, String> withoutArchive(Path out) throws IOException {
        Map<String, String> files = new TreeMap<>(Cli.files(out));
        files.remove("x.ardm");
        return files;
    }

    @ParameterizedTest
    @CsvSource({
        "compress, Ctrl-C",
        "decompress, Ctrl-C",
        "add, Ctrl-C",
        "pack, Ctrl-C",
        "compress, TERM",
        "decompress, HUP",
        "add, TERM",
    })
    void anInterruptedCommandSaysSoAndLeavesNothing(String command, String how) throws IOException {
        Path out = dir.resolve("out");
        try (Terminal terminal = new Terminal("", work(command, MANY, out))) {
            terminal.await("%");
            terminal.strike(how);
            assertThat(terminal.end()).contains("ardm: interrupted", "[1]");
        }
        if (command.equals("add")) {
            assertThat(out.resolve("x.ardm")).hasSameBinaryContentAs(archive(FEW));
            assertThat(withoutArchive(out)).isEmpty();
        } else {
            assertThat(Cli.files(out)).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"compress, Ctrl-Z", "decompress, TSTP", "add, Ctrl-Z"})
    void aStoppedCommandGoesOn(String command, String how) throws IOException {
        Path out = dir.resolve("out");
        try (Terminal terminal = new Terminal("fg\necho \"[$?] at last\"", work(command, SOME, out))) {
            terminal.await("%");
            terminal.strike(how);
            assertThat(terminal.end()).contains("[148]", "[0] at last");
        }
        if (command.equals("decompress")) {
            assertThat(Cli.files(out.resolve("x"))).hasSize(SOME);
            assertThat(withoutArchive(out).keySet()).allMatch(name -> name.startsWith("x"));
            return;
        }
        assertThat(withoutArchive(out)).isEmpty();
        try (ItemArchive archive = ItemArchive.open(out.resolve("x.ardm"), Models.open(model(), 1))) {
            assertThat(archive.size()).isEqualTo(command.equals("add") ? SOME + FEW : SOME);
        }
    }

    private Object[] training(Path run) {
        return new Object[] {
            "train",
            "--data",
            items(MANY),
            "--out",
            run,
            "--preset",
            "tiny",
            "--threads",
            1,
            "--minutes",
            1,
            "--set",
            "batch=8"
        };
    }

    /** All steps are kept, and the advice that is printed is good. */
    @ParameterizedTest
    @ValueSource(strings = {"Ctrl-C", "TERM", "HUP"})
    void interruptedTrainingKeepsItsSteps(String how) throws IOException {
        Path run = dir.resolve("run");
        String shown;
        try (Terminal terminal = new Terminal("", training(run))) {
            terminal.await("bits/dim");
            terminal.strike(how);
            shown = terminal.end();
        }
        assertThat(shown).contains("ardm: interrupted, finishing this step", "[1]");
        // Of images, the network that may store is trained first.
        try (Stream<Path> checkpoints = Files.list(run.resolve("storing/checkpoints"))) {
            assertThat(checkpoints.map(path -> path.getFileName().toString()))
                    .singleElement()
                    .asString()
                    .matches("step-[1-9]\\d*");
        }
        Matcher advice = Pattern.compile("go on with: ardm (.*)").matcher(shown);
        assertThat(advice.find()).isTrue();
        List<Object> again = new ArrayList<>(List.of(advice.group(1).strip().split(" ")));
        again.addAll(List.of("--steps", 1));
        Cli.run(again.toArray()).good();
        assertThat(run.resolve(TrainingRun.MODEL)).exists();
    }

    /** Whoever is in a hurry loses the last steps, and nothing else. */
    @Test
    void trainingInterruptedTwiceEndsAtOnceAndLeavesNothingHalf() throws IOException {
        Path run = dir.resolve("run");
        String shown;
        try (Terminal terminal = new Terminal("", training(run))) {
            terminal.await("bits/dim");
            terminal.type(CTRL_C);
            terminal.type(CTRL_C);
            shown = terminal.end();
        }
        assertThat(shown).contains("go on with: ardm train", "[1]");
        assertThat(Cli.files(run).keySet())
                .noneMatch(name -> name.startsWith(".") || name.contains("/."))
                .noneMatch(name -> name.endsWith(TrainingRun.MODEL));
        Cli.run("train", "--data", items(MANY), "--out", run, "--resume", "--steps", 1)
                .good();
    }

    /** A line of a log is text to look at, an image is not. */
    @Test
    void linesAreShownAndTheirWorkIsInterrupted() throws IOException {
        Path log = Files.writeString(dir.resolve("x.log"), "12:01 ann opened the door\n".repeat(200_000));
        Path few = Files.writeString(dir.resolve("few.log"), "one\ntwo\n");
        Path run = dir.resolve("run");
        Cli.run("train", "--data", few, "--out", run).good();
        Path archive = dir.resolve("few.ardm");
        Cli.run("compress", "-q", "-m", run, "-o", archive, few).good();
        try (Terminal terminal = new Terminal("", new Object[] {"cat", "-m", run, archive, 1})) {
            assertThat(terminal.end()).contains("two", "[0]");
        }
        try (Terminal terminal = new Terminal("", new Object[] {"cat", "-m", model(), archive(FEW), 1})) {
            assertThat(terminal.end()).contains("standard output is a terminal", "[1]");
        }
        Path out = dir.resolve("out");
        Files.createDirectories(out);
        Object[] work = {"compress", "-m", run, "-o", out.resolve("x.ardm"), log};
        try (Terminal terminal = new Terminal("", work)) {
            terminal.await("%");
            terminal.type(CTRL_C);
            assertThat(terminal.end()).contains("ardm: interrupted", "[1]");
        }
        assertThat(Cli.files(out)).isEmpty();
    }

    /** Editors and pipelines have such terminals: they show control characters as they are. */
    @Test
    void aTerminalThatCannotRedrawALineGetsNoBar() throws IOException {
        try (Terminal terminal = new Terminal("TERM=dumb", "", work("compress", FEW, dir.resolve("out")))) {
            assertThat(terminal.end()).contains("[0]").doesNotContain("%|", "% [", "\r\r");
        }
    }

    @Test
    void stoppedTrainingGoesOnAndKeepsOthersOut() throws IOException {
        Path run = dir.resolve("run");
        try (Terminal terminal = new Terminal("fg\necho \"[$?] at last\"", training(run))) {
            terminal.await("bits/dim");
            String trainer = Files.readString(run.resolve(".lock"), StandardCharsets.US_ASCII);
            Cli.run("train", "--data", items(MANY), "--out", run, "--resume")
                    .failed("something else is training this run (process " + trainer + ")");
            terminal.type(CTRL_Z);
            terminal.await("[148]");
            terminal.await("train");
            terminal.type(CTRL_C);
            assertThat(terminal.end()).contains("finishing this step", "[1] at last");
        }
        assertThat(run.resolve(".lock")).doesNotExist();
    }
}

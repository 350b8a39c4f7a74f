package dev.ardm.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ardm.coding.ChildProcess;
import dev.ardm.core.masking.network.Network;
import dev.ardm.core.network.UNetConfig;
import dev.ardm.data.GlyphImages;
import dev.ardm.data.Splits;
import dev.ardm.train.runtime.TrainingRuntime;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs that end while they train. */
class EndedTrainingTest {
    @TempDir
    Path folder;

    /** Trains, in the main thread or in one of its own, until something ends it. */
    public static final class Program {
        private static final UNetConfig NETWORK =
                new UNetConfig(List.of(16, 32), List.of(0, 1), List.of(1), List.of(false, true), 2, 4, 8, 16, 32, 0);

        private Program() {}

        public static void main(String[] args) throws Exception {
            if (args[0].equals("thread")) {
                Thread thread = new Thread(Program::train);
                thread.start();
                thread.join();
            } else {
                train();
            }
        }

        private static void train() {
            TrainingSettings settings = TrainingSettings.defaults().withLength(0, 2);
            Splits.Split split = Splits.holdOut(GlyphImages.glyphs(120, 8, 2), 20, 0);
            try {
                TrainingRuntime.setThreads(2);
                new Trainer(
                                new MaskingObjective(
                                        Network.of(NETWORK, split.training().space()), settings),
                                split,
                                settings)
                        .train(
                                null,
                                new TrainingListener() {
                                    @Override
                                    public void onStep(long step, double fraction, double bits) {
                                        System.out.println("step " + step);
                                    }
                                },
                                () -> false);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private Process start(String mode, Path printed) throws IOException {
        return ChildProcess.leashed(new ProcessBuilder(
                        ChildProcess.java(List.of("-XX:-CreateCoredumpOnCrash"), Program.class.getName(), mode))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile()));
    }

    @Tag("slow")
    @DisabledOnOs(OS.WINDOWS)
    @ParameterizedTest
    @ValueSource(strings = {"main", "thread"})
    void endsWithoutCrash(String mode) throws Exception {
        for (int time = 0; time < 4; time++) {
            Path printed = folder.resolve("printed-" + mode + time);
            Process process = start(mode, printed);
            try {
                while (process.isAlive() && !Files.readString(printed).contains("step " + (1 + time))) {
                    Thread.sleep(20);
                }
                Thread.sleep(37L * time); // somewhere in a step
                assertThat(process.isAlive()).as(Files.readString(printed)).isTrue();
                process.destroy();
                assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
                assertThat(process.exitValue()).as(Files.readString(printed)).isEqualTo(143);
            } finally {
                process.destroyForcibly();
            }
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).noneMatch(file -> file.getFileName().toString().startsWith("hs_err"));
        }
    }

    /** What libgomp says that it was loaded with. */
    @Tag("slow")
    @Test
    void threadsSpinForAMoment() throws Exception {
        ProcessBuilder builder = new ProcessBuilder(ChildProcess.java(List.of(), Program.class.getName(), "main"))
                .redirectErrorStream(true);
        builder.environment().keySet().removeAll(List.of("GOMP_SPINCOUNT", "OMP_WAIT_POLICY"));
        builder.environment().put("OMP_DISPLAY_ENV", "VERBOSE");
        Process process = ChildProcess.leashed(builder);
        StringBuilder text = new StringBuilder();
        try (BufferedReader out = process.inputReader()) {
            String line = out.readLine();
            while (line != null && !line.startsWith("step ")) {
                text.append(line).append('\n');
                line = out.readLine();
            }
        } finally {
            process.destroyForcibly();
        }
        if (Files.exists(Path.of("/proc/self"))) {
            assertThat(text.toString()).contains("GOMP_SPINCOUNT = '10000'");
        }
    }
}

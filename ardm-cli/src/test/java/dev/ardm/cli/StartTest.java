package dev.ardm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ardm.core.Space;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which classes a command loads: each costs time before the first word of output. */
@Timeout(300)
class StartTest {
    private static final String[] NEVER = {
        "org.bytedeco.", "org.knowm.", "org.jline.", "com.twelvemonkeys.", "javax.imageio.", "com.github.luben."
    };

    @TempDir
    Path dir;

    @BeforeEach
    void archive() throws Exception {
        Path model = Cli.modelFile(dir.resolve("model.safetensors"), Space.image(8, 8, 1, 16), 1);
        dev.ardm.data.array.NpyFile.write(dir.resolve("items.npy"), Cli.items(Space.image(8, 8, 1, 16), 2, 1));
        Cli.run("compress", "-q", "-1", "-m", model, "-o", dir.resolve("x.ardm"), dir.resolve("items.npy"))
                .good();
    }

    /** The names of the classes that a command loads. */
    private List<String> loaded(Object... args) throws Exception {
        Path log = dir.resolve("classes.log");
        List<String> line = new ArrayList<>(Programs.line(args));
        line.add(1, "-Xlog:class+load:file=" + log);
        Programs.run(Programs.in(dir, line), new byte[0]).good();
        return Files.readAllLines(log).stream()
                .map(entry -> entry.replaceFirst("^(\\[[^\\]]*\\])*\\s*", "").replaceFirst(" .*", ""))
                .toList();
    }

    private static void assertNone(List<String> classes, String... prefixes) {
        assertThat(classes).contains("dev.ardm.cli.Main");
        assertThat(classes.stream().filter(name -> Arrays.stream(prefixes).anyMatch(name::startsWith)))
                .isEmpty();
    }

    @Test
    void helpLoadsWhatItPrints() throws Exception {
        List<String> classes = loaded("--help");
        assertNone(classes, NEVER);
        assertNone(classes, "tools.jackson.", "dev.ardm.train.", "dev.ardm.exact.", "jdk.incubator.");
    }

    @Test
    void listLoadsOneCommand() throws Exception {
        List<String> classes = loaded("list", "x.ardm");
        assertNone(classes, NEVER);
        assertNone(classes, "tools.jackson.databind.", "dev.ardm.train.", "dev.ardm.exact.", "jdk.incubator.");
        assertNone(
                classes,
                "dev.ardm.cli.command.TrainCommand",
                "dev.ardm.cli.command.CompressCommand",
                "dev.ardm.cli.command.ExtractCommand");
    }

    @Test
    void extractOfLittleLoadsNoVectors() throws Exception {
        List<String> classes = loaded("extract", "-m", "model.safetensors", "x.ardm", "0", "-o", "one.png");
        assertNone(classes, NEVER);
        assertNone(classes, "dev.ardm.train.", "dev.ardm.exact.internal.vector.", "jdk.incubator.");
    }

    /** What every line of {@code --help} says must not depend on which command it is asked with. */
    @Test
    void helpKnowsAllCommands() {
        String help = Cli.run("--help").good().out();
        assertThat(Cli.run("help").good().out()).isEqualTo(help);
        for (String name : List.of("quickstart", "train", "extract", "list", "selftest")) {
            assertThat(help).contains("\n  " + name + " ");
            assertThat(Cli.run("help", name).good().out())
                    .isEqualTo(Cli.run(name, "--help").good().out())
                    .startsWith("Usage: ardm " + name + " ");
        }
    }
}

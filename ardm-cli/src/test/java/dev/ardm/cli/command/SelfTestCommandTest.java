package dev.ardm.cli.command;

import static dev.ardm.cli.Cli.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ardm.cli.Cli;
import dev.ardm.coding.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class SelfTestCommandTest {
    private static final Path MODELS =
            Path.of(System.getProperty("basedir", ".")).resolve("../models");

    @TempDir
    Path dir;

    private static String overall(String out) {
        return out.lines()
                .filter(line -> line.startsWith("overall "))
                .findFirst()
                .orElseThrow(() -> new AssertionError(out));
    }

    /** The kernels and tiny models in other JVMs, which compile other code at other times. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "vector|--add-modules=jdk.incubator.vector",
                "vector|--add-modules=jdk.incubator.vector -XX:TieredStopAtLevel=1",
                "vector-128|--add-modules=jdk.incubator.vector -Dardm.vector.bits=128 -XX:-UseSuperWord",
                "plain|-XX:-TieredCompilation",
            })
    void anotherJvmGivesTheSame(String way) throws Exception {
        String kernels = way.substring(0, way.indexOf('|'));
        List<String> options = List.of(way.substring(way.indexOf('|') + 1).split(" "));
        ChildProcess.Ended ended = ChildProcess.run(
                new ProcessBuilder(ChildProcess.java(
                                options, "dev.ardm.cli.Main", "selftest", "--quick", "--models", MODELS))
                        .redirectErrorStream(true),
                new byte[0]);
        String out = ended.text();
        assertThat(ended.code()).as(out).isZero();
        assertThat(out).contains("\non " + kernels);
        assertThat(overall(out))
                .isEqualTo(overall(
                        run("selftest", "--quick", "--models", MODELS).good().out()));
    }

    @Test
    void everyCheckIsALine() {
        String out = run("selftest", "--quick", "--threads", 1, "--models", MODELS)
                .good()
                .out();
        assertThat(out)
                .contains("ok        66b3c8ae90879fa4  kernels: operations\n")
                .contains("  tiny-transformer: logits of 7 inputs\n")
                .contains("left out  mnist-unet (too slow for the quick set)\n")
                .containsPattern("quick set: \\d+ good, 0 different, 1 left out; \\d+\\.\\d s\n")
                .containsPattern("on \\S+ kernels, Java \\S+, \\S+, .*\noverall [0-9a-f]{64}\n$");
        assertThat(run("selftest", "--kernels").good().out())
                .contains("kernels set: 2 good, 0 different, 1 left out")
                .doesNotContain("tiny");
    }

    @Test
    void aDifferenceIsAFailure() throws IOException {
        for (String file : List.of("model.safetensors", "golden.ardm")) {
            Path target = dir.resolve("tiny-transformer").resolve(file);
            Files.createDirectories(target.getParent());
            Files.copy(MODELS.resolve("tiny-transformer").resolve(file), target);
        }
        String golden = Files.readString(MODELS.resolve("golden.properties"))
                .replace(
                        "tiny-unet tiny-transformer tiny-causal tiny-contrast tiny-tree tiny-sequence mnist-unet",
                        "tiny-transformer")
                .replaceFirst("archives = .*", "archives = tiny-transformer");
        String first =
                golden.substring(golden.indexOf("tiny-transformer.encoded")).split("\\s+")[3];
        Files.writeString(dir.resolve("golden.properties"), golden.replace(first, "0123456789abcdef"));
        Cli.Result result = run("selftest", "--quick", "--models", dir)
                .failed("ardm: 3 checks of ", "differed from the expected hash");
        assertThat(result.out())
                .contains("DIFFERS   tiny-transformer: items encoded: 1: expected ", first + ", not 0123456789abcdef")
                .contains("ok        25d0fef51f97c94f  tiny-transformer: model")
                .contains(" good, 3 different, 0 left out");
    }

    @Test
    void badInput() throws IOException {
        run("selftest", "--models", dir.resolve("none")).failed("none: no such folder of models");
        run("selftest", "--models", dir).failed("golden.properties: no such file");
        run("selftest").refused("give it with --models, or use --kernels");
        run("selftest", "--kernels", "--full").refused("mutually exclusive");
        run("selftest", "--kernels", "--items", -1).refused("--items must be in 0..");
        run("selftest", "--kernels", "--threads", 0).refused("--threads must be in 1..4096");
        run("selftest", "nonsense").refused("nonsense");
        Files.writeString(dir.resolve("golden.properties"), "models = ../x\n");
        run("selftest", "--models", dir).failed("'../x' cannot be the name of a model");
        assertThat(run("selftest", "--help").good().out())
                .contains("Usage: ardm selftest", "--kernels", "--quick", "--full", "--models");
    }
}

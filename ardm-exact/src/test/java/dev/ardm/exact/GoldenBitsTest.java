package dev.ardm.exact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ardm.coding.ChildProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The bits of arithmetic version 1, in whatever way the JVM is made to compute them. */
@Tag("slow")
class GoldenBitsTest {
    private static final String VERSION_1 = KernelFingerprint.OPERATIONS_1 + " " + KernelFingerprint.PIECES_1 + " "
            + KernelFingerprint.SEQUENCES_1 + " " + KernelFingerprint.ELEMENTS_1;

    private static final String[] MODULE = {"--add-modules", "jdk.incubator.vector"};

    private static final boolean INTEL = List.of("amd64", "x86_64").contains(System.getProperty("os.arch"));

    /** Other processors always have the instruction. */
    private static final String WITHOUT_FMA = INTEL ? "plain-without-fma" : "plain";

    static Stream<Arguments> ways() {
        return Stream.of(
                way("vector", MODULE),
                way("vector-128", MODULE, "-Dardm.vector.bits=128"),
                way("vector", MODULE, "-Dardm.vector.bits=256"),
                way("vector", MODULE, "-Dardm.vector.bits=512"),
                way("vector", MODULE, "-Xint"),
                way("vector", MODULE, "-XX:TieredStopAtLevel=1"),
                way(
                        "vector",
                        MODULE,
                        "-XX:-TieredCompilation",
                        "-Xcomp",
                        "-XX:CompileCommand=quiet",
                        "-XX:CompileCommand=compileonly,dev.ardm.exact.*::*"),
                way("vector", MODULE, "-Dardm.vector.bits=128", "-Xint"),
                way("plain", new String[0]),
                way("plain", new String[0], "-Xint"),
                way(
                        "plain",
                        new String[0],
                        "-Xcomp",
                        "-XX:CompileCommand=quiet",
                        "-XX:CompileCommand=compileonly,dev.ardm.exact.*::*"),
                way("plain", new String[0], "-XX:+IgnoreUnrecognizedVMOptions", "-XX:UseAVX=1"),
                way(WITHOUT_FMA, new String[0], "-XX:+IgnoreUnrecognizedVMOptions", "-XX:-UseFMA"),
                way(WITHOUT_FMA, new String[0], "-XX:+IgnoreUnrecognizedVMOptions", "-XX:-UseFMA", "-Xint"),
                way(
                        WITHOUT_FMA,
                        new String[0],
                        "-XX:+IgnoreUnrecognizedVMOptions",
                        "-XX:-UseFMA",
                        "-Xcomp",
                        "-XX:CompileCommand=quiet",
                        "-XX:CompileCommand=compileonly,dev.ardm.exact.*::*"),
                way("vector", MODULE, "-XX:+IgnoreUnrecognizedVMOptions", "-XX:UseAVX=2"),
                way(INTEL ? WITHOUT_FMA : "vector", MODULE, "-XX:+IgnoreUnrecognizedVMOptions", "-XX:UseAVX=0"),
                way("scalar", MODULE, "-XX:+IgnoreUnrecognizedVMOptions", "-XX:-UseFMA", "-Dardm.kernels=scalar"),
                way("plain", MODULE, "-Dardm.kernels=plain"),
                way("scalar", MODULE, "-Dardm.kernels=scalar"),
                way("scalar", new String[0], "-Dardm.kernels=scalar", "-XX:TieredStopAtLevel=1"));
    }

    private static Arguments way(String kernels, String[] module, String... options) {
        List<String> all = new ArrayList<>(List.of(module));
        all.addAll(List.of(options));
        return Arguments.of(kernels, all);
    }

    @Test
    void thisJvm() {
        assertThat(ways()).isNotEmpty();
        for (Kernels kernels : KernelsContractTest.all()) {
            assertThat(Fingerprint.of(kernels)).as(kernels.name()).isEqualTo(VERSION_1);
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void anotherJvm(String kernels, List<String> options) throws Exception {
        // The JVM may print warnings and notes around the answer.
        String output = ChildProcess.output(options, Fingerprint.class);
        String answer = output.lines()
                .filter(line -> line.startsWith(Fingerprint.LABEL))
                .findFirst()
                .orElseThrow(() -> new AssertionError(output));
        assertThat(answer).startsWith(Fingerprint.LABEL + kernels).endsWith(" " + VERSION_1);
    }

    /** Random shapes at the widths that this JVM does not use. */
    @ParameterizedTest
    @ValueSource(ints = {128, 256})
    void randomShapesAtOtherWidths(int bits) throws Exception {
        String output = ChildProcess.output(
                List.of("--add-modules", "jdk.incubator.vector", "-Dardm.vector.bits=" + bits), SameBitsTest.class);
        assertThat(output).contains("same bits with vector-");
    }

    @Test
    void vectorsWithoutTheirModuleAreRefusedWithAWordOfHelp() throws Exception {
        String answer = ChildProcess.output(List.of("-Dardm.kernels=vector"), Fingerprint.class);
        assertThat(answer).contains("IllegalStateException").contains("--add-modules jdk.incubator.vector");
    }
}

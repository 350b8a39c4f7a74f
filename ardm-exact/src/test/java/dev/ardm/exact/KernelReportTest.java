package dev.ardm.exact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ardm.coding.ChildProcess;
import dev.ardm.exact.internal.Fma;
import java.util.List;
import java.util.logging.ConsoleHandler;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KernelReportTest {
    private static final String MODULE = "--add-modules=jdk.incubator.vector";
    private static final String HELP = "add --add-modules=jdk.incubator.vector to JDK_JAVA_OPTIONS";

    /** What a program sees: its own line, and those of the logger at all levels. */
    static final class Program {
        public static void main(String[] args) {
            Logger logger = Logger.getLogger("dev.ardm");
            logger.setLevel(Level.ALL);
            ConsoleHandler handler = new ConsoleHandler();
            handler.setLevel(Level.ALL);
            logger.addHandler(handler);
            logger.setUseParentHandlers(false);
            Kernels.first();
            Kernels.best();
            Kernels.best();
            System.out.println("report: " + Kernels.report());
        }
    }

    @BeforeEach
    void vectorsAreThere() {
        Assumptions.assumeTrue(
                Fma.INSTRUCTION && KernelChoice.vectorsInReach(), "this test needs a processor with vectors");
    }

    private static String reported(String output) {
        return output.lines()
                .filter(line -> line.startsWith("report: "))
                .findFirst()
                .orElseThrow(() -> new AssertionError(output))
                .substring("report: ".length());
    }

    /** The lines of the logger, each with its level. */
    private static List<String> logged(String output) {
        return output.lines()
                .filter(line -> line.contains(": ardm runs networks"))
                .filter(line -> !line.startsWith("report: "))
                .toList();
    }

    @Test
    void plainKernelsOnAProcessorWithVectorsSayOnceWhatToAdd() throws Exception {
        String output = ChildProcess.output(List.of(), Program.class);
        assertThat(reported(output)).contains("plain kernels").contains(HELP);
        assertThat(logged(output)).containsExactly("INFO: " + reported(output));
    }

    @Test
    void vectorsSayTheirWidthOnceForThoseWhoLook() throws Exception {
        String output = ChildProcess.output(List.of(MODULE, "-Dardm.vector.bits=128"), Program.class);
        assertThat(reported(output)).isEqualTo("ardm runs networks on vectors of 128 bits.");
        assertThat(logged(output)).containsExactly("FINE: " + reported(output));
    }

    @Test
    void kernelsThatWereAskedForAreNoNews() throws Exception {
        String output = ChildProcess.output(List.of("-Dardm.kernels=plain"), Program.class);
        assertThat(reported(output)).contains("plain kernels").contains("as the system property ardm.kernels asks");
        assertThat(logged(output)).containsExactly("FINE: " + reported(output));
    }

    @Test
    void theCommandLogsNothing() throws Exception {
        String output = ChildProcess.output(List.of("-Dardm.program=ardm"), Program.class);
        assertThat(reported(output)).contains(HELP);
        assertThat(logged(output)).isEmpty();
    }
}

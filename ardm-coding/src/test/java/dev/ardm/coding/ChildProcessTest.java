package dev.ardm.coding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ChildProcessTest {
    private static final Duration SHORT = Duration.ofMillis(200);

    /** Prints a line, and stays unless it is asked not to. */
    static final class Lingering {
        public static void main(String[] args) throws InterruptedException {
            System.out.println("I am here");
            Thread.sleep(args.length == 0 ? 600_000 : 0);
            System.exit(3);
        }
    }

    @Test
    void aProcessThatDoesNotEndIsKilledAndQuoted() throws Exception {
        try (ChildProcess child = ChildProcess.start(List.of(), Lingering.class)) {
            child.await("here", ChildProcess.LIMIT);
            assertThatThrownBy(() -> child.await("elsewhere", SHORT))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("did not print \"elsewhere\"")
                    .hasMessageContaining("I am here");
            assertThat(child.process().waitFor(60, TimeUnit.SECONDS))
                    .as("killed")
                    .isTrue();
        }
        try (ChildProcess child = ChildProcess.start(List.of(), Lingering.class)) {
            child.await("here", ChildProcess.LIMIT);
            assertThatThrownBy(() -> child.end(SHORT))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("did not end within")
                    .hasMessageContaining("I am here");
            assertThat(child.process().waitFor(60, TimeUnit.SECONDS))
                    .as("killed")
                    .isTrue();
        }
    }

    @Test
    void aProcessThatEndsSaysHow() throws Exception {
        try (ChildProcess child = ChildProcess.start(List.of(), Lingering.class, "go")) {
            assertThat(child.end(ChildProcess.LIMIT).code()).isEqualTo(3);
            assertThatThrownBy(() -> child.await("elsewhere", ChildProcess.LIMIT))
                    .hasMessageContaining("ended without printing");
        }
        assertThat(ChildProcess.output(List.of(), Lingering.class, "go")).isEqualTo("I am here");
    }
}

package dev.ardm.coding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

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

    /** Starts another one and waits for it. */
    static final class Parent {
        public static void main(String[] args) throws Exception {
            try (ChildProcess child = ChildProcess.start(List.of(), Lingering.class)) {
                child.await("here", ChildProcess.LIMIT);
                System.out.println("child " + child.process().pid() + " is here");
                child.end(ChildProcess.LIMIT);
            }
        }
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void aChildEndsWithItsParent() throws Exception {
        try (ChildProcess parent = ChildProcess.start(List.of(), Parent.class)) {
            parent.await("is here", ChildProcess.LIMIT);
            parent.process().toHandle().destroyForcibly(); // leaves what it has printed
            String said = parent.end(ChildProcess.LIMIT).text();
            long pid = Long.parseLong(said.substring("child ".length(), said.indexOf(" is here")));
            ProcessHandle.of(pid).ifPresent(child -> {
                try {
                    assertThat(child.onExit()).succeedsWithin(Duration.ofSeconds(30));
                } finally {
                    child.destroyForcibly();
                }
            });
        }
    }
}

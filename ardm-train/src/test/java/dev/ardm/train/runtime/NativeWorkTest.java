package dev.ardm.train.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ardm.coding.ChildProcess;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class NativeWorkTest {
    /** Ends while a thread works. */
    public static final class Program {
        private Program() {}

        public static void main(String[] args) throws InterruptedException {
            CountDownLatch begun = new CountDownLatch(1);
            Thread thread = new Thread(() -> work(begun));
            thread.setDaemon(true);
            thread.start();
            begun.await();
            System.exit(0);
        }

        private static void work(CountDownLatch begun) {
            try (NativeWork outer = NativeWork.begin();
                    NativeWork inner = NativeWork.begin()) {
                begun.countDown();
                operations();
            }
            again();
        }

        private static void operations() {
            try {
                while (true) {
                    Thread.sleep(200);
                    NativeWork.check();
                }
            } catch (ProgramEndsException | InterruptedException e) {
                System.out.println("ended: " + e.getMessage());
            }
        }

        /** No more work begins. */
        private static void again() {
            try (NativeWork work = NativeWork.begin()) {
                System.out.println("begun again");
            } catch (ProgramEndsException e) {
                assertThat(e).hasMessageContaining("ends");
            }
        }
    }

    @Tag("slow")
    @Test
    void theEndOfAProgramWaitsForWorkThatHasBegun() throws Exception {
        String printed = ChildProcess.output(List.of(), Program.class);
        assertThat(printed).contains("ended: the program ends").doesNotContain("begun again");
    }
}

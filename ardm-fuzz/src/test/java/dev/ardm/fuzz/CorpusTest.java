package dev.ardm.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every file of the corpus does what its line in the README says, and what its name promises. */
class CorpusTest {
    private static final Path CORPUS = Path.of("src", "test", "resources", "corpus");
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final String ACCEPTED = "accepted";
    private static final Pattern LINE = Pattern.compile("\\| `([^`]+)` \\| [^|]+ \\| (\\w+) \\|");

    private static final Map<String, FuzzTarget> TARGETS = new TreeMap<>();

    /** File, relative to the corpus, to what must happen. */
    private static Map<String, String> promises() throws IOException {
        Map<String, String> promises = new TreeMap<>();
        for (String line : Files.readAllLines(CORPUS.resolve("README.md"))) {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches()) {
                assertThat(promises.put(matcher.group(1), matcher.group(2)))
                        .as(line)
                        .isNull();
            }
        }
        return promises;
    }

    @TestFactory
    Stream<DynamicTest> everyFileDoesWhatItsLineSays() throws IOException {
        return promises().entrySet().stream()
                .map(promise -> DynamicTest.dynamicTest(
                        promise.getKey(), () -> check(CORPUS.resolve(promise.getKey()), promise.getValue())));
    }

    private static void check(Path file, String promised) throws Exception {
        String name = String.valueOf(file.getFileName());
        FuzzTarget target =
                TARGETS.computeIfAbsent(String.valueOf(CORPUS.relativize(file).getParent()), FuzzTargets::named);
        long start = System.nanoTime();
        Exception refusal = refusal(target, Files.readAllBytes(file));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LIMIT);
        if (refusal != null) {
            assertThat(target.items(refusal)).as("%s", refusal).isTrue();
        }
        assertThat(refusal == null ? ACCEPTED : refusal.getClass().getSimpleName())
                .as("%s", refusal)
                .isEqualTo(promised);
        assertThat(name.startsWith("good-")).isEqualTo(promised.equals(ACCEPTED));
        assertThat(name).matches("(good|bad|unsupported)-.*");
        if (target instanceof ArchiveTarget) {
            assertThat(name.startsWith("unsupported-")).isEqualTo(promised.equals("NewerVersionException"));
        }
    }

    private static @Nullable Exception refusal(FuzzTarget target, byte[] input) throws IOException {
        try (Scratch scratch = new Scratch()) {
            target.run(input, scratch);
            return null;
        } catch (PropertyViolation e) {
            throw e;
        } catch (Exception e) {
            return e;
        }
    }

    @Test
    void everyFileHasALineAndEveryTargetFiles() throws IOException {
        try (Stream<Path> all = Files.walk(CORPUS)) {
            List<String> files = all.filter(Files::isRegularFile)
                    .map(file -> CORPUS.relativize(file).toString().replace('\\', '/'))
                    .filter(file -> !file.equals("README.md"))
                    .toList();
            assertThat(promises().keySet()).containsExactlyInAnyOrderElementsOf(files);
            assertThat(files.stream().map(file -> file.substring(0, file.indexOf('/'))))
                    .containsAll(FuzzTargets.names());
        }
    }

    @Test
    void theDriverLetsOnlyDocumentedRefusalsPass() throws Exception {
        FuzzDriver.fuzzerInitialize(new String[] {"png-text"});
        FuzzDriver.fuzzerTestOneInput(new byte[] {1, 2, 3});
        FuzzDriver.fuzzerTearDown();
        FuzzTarget target = FuzzTargets.named("png-text");
        assertThat(target.items(new IllegalArgumentException("of another target")))
                .isFalse();
        assertThat(target.items(new dev.ardm.data.DataException(" "))).isFalse();
        assertThatThrownBy(() -> FuzzDriver.fuzzerInitialize(new String[] {"none"}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("png-text");
    }
}

package dev.ardm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The Java of the README is that of an example, which is compiled and run. */
class ReadmeTest {
    private static final Path ROOT = Path.of(System.getProperty("basedir", ".")).resolve("..");

    @Test
    void theJavaOfTheReadmeIsThatOfAnExample() throws IOException {
        List<String> example = lines("examples/first-steps/src/main/java/example/FirstSteps.java");
        List<String> readme = lines("README.md");
        int begin = readme.indexOf("```java");
        int end = begin + 1 + readme.subList(begin + 1, readme.size()).indexOf("```");
        assertThat(readme.subList(begin + 1, end))
                .isEqualTo(example.subList(example.indexOf("// README begins") + 1, example.indexOf("// README ends")));
        assertThat(readme.subList(end + 1, readme.size())).doesNotContain("```java");
    }

    private static List<String> lines(String file) throws IOException {
        return Files.readAllLines(ROOT.resolve(file)).stream()
                .map(String::strip)
                .toList();
    }
}

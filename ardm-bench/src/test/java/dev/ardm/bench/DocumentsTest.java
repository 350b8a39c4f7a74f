package dev.ardm.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Markdown pages of the project: links lead somewhere, classes exist, and the summary of the results agrees with its pages. */
class DocumentsTest {
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]*)(?:#([^)\\s]*))?\\)");
    private static final Pattern CLASS =
            Pattern.compile("`(?:[a-z0-9]+\\.)*([A-Z][a-z]+(?:[A-Z][A-Za-z0-9]*)+)(?:\\.\\w+)?`");
    private static final Path ROOT = root();

    @Test
    void relativeLinksLeadToFilesAndHeadings() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path page : pages()) {
            broken.addAll(broken(page));
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void classesInDocumentsExist() throws IOException {
        Set<String> classes;
        try (Stream<Path> files = Files.walk(ROOT)) {
            classes = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".java"))
                    .map(name -> name.replace(".java", ""))
                    .collect(Collectors.toSet());
        }
        assertThat(classes).contains("DocumentsTest");
        List<String> unknown = new ArrayList<>();
        for (Path page : pages()) {
            CLASS.matcher(Files.readString(page))
                    .results()
                    .map(match -> match.group(1))
                    .filter(name -> !classes.contains(name) && !isOfJava(name))
                    .forEach(name -> unknown.add(page.getFileName() + ": " + name));
        }
        assertThat(unknown).isEmpty();
    }

    @Test
    void brokenLinksAreFound(@TempDir Path folder) throws IOException {
        Path page = Files.writeString(
                folder.resolve("page.md"),
                "# A `b` c\n[a](page.md#a-b-c) [b](page.md#d) [c](missing.md) [d](#a-b-c) [e](https://example.org/x)\n");

        assertThat(broken(page)).containsExactly("page.md: page.md#d", "page.md: missing.md");
    }

    @Test
    void theSummaryOfTheResultsIsThatOfTheirPages() throws IOException {
        Path docs = ROOT.resolve("docs");

        assertThat(ResultsSummary.updated(docs)).isEqualTo(Files.readString(docs.resolve("results.md")));
    }

    private static boolean isOfJava(String name) {
        try {
            Class.forName("java.lang." + name);
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>(List.of(ROOT.resolve("README.md"), ROOT.resolve("CONTRIBUTING.md")));
        for (String folder : List.of("docs", "models")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
                files.filter(file -> file.toString().endsWith(".md")).forEach(pages::add);
            }
        }
        return pages;
    }

    private static List<String> broken(Path page) throws IOException {
        List<String> broken = new ArrayList<>();
        for (MatchResult link : LINK.matcher(Files.readString(page)).results().toList()) {
            if (link.group(1).contains(":")) {
                continue;
            }
            Path target = link.group(1).isEmpty() ? page : page.resolveSibling(link.group(1));
            if (!Files.exists(target)
                    || (link.group(2) != null && !anchors(target).contains(link.group(2)))) {
                broken.add(
                        page.getFileName() + ": " + link.group(1) + (link.group(2) == null ? "" : "#" + link.group(2)));
            }
        }
        return broken;
    }

    /** The anchors that a Markdown page gets from its headings. */
    private static Set<String> anchors(Path page) throws IOException {
        return Files.readAllLines(page).stream()
                .filter(line -> line.matches("#+ .*"))
                .map(line -> line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT))
                .map(heading -> heading.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("CONTRIBUTING.md"))) {
            folder = folder.getParent();
        }
        return folder;
    }
}

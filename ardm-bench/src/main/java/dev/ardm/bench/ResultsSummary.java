package dev.ardm.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Makes the summary in docs/results.md from the pages in docs/results. A page that takes part has a table whose heading is {@link #HEADING};
 * its rows are copied, and their first word or words, up to the first comma, become a link to the page.
 *
 * <p>Runs without a build: {@code java ardm-bench/src/main/java/dev/ardm/bench/ResultsSummary.java docs}
 */
public final class ResultsSummary {
    static final String HEADING = "| set, test items | measure | ardm | best other coder | published | model |";
    private static final String BEGIN = "<!-- summary:";
    private static final String END = "<!-- end of summary -->";

    private ResultsSummary() {}

    public static void main(String[] arguments) throws IOException {
        Path docs = Path.of(arguments[0]);
        Files.writeString(docs.resolve("results.md"), updated(docs));
    }

    /**
     * The text of results.md with the summary made anew.
     *
     * @param docs the folder that has results.md and the folder results
     * @throws IOException if a file cannot be read, or results.md lacks the two comments that enclose the summary
     */
    static String updated(Path docs) throws IOException {
        Path file = docs.resolve("results.md");
        String text = Files.readString(file);
        int begin = text.indexOf(BEGIN);
        int from = text.indexOf('\n', begin) + 1;
        int to = text.indexOf(END);
        if (begin < 0 || from == 0 || to < from) {
            throw new IOException(file + ": the comments '" + BEGIN + " ...' and '" + END + "' are missing");
        }
        return text.substring(0, from) + table(docs.resolve("results")) + text.substring(to);
    }

    private static String table(Path pages) throws IOException {
        StringBuilder table = new StringBuilder("\n" + HEADING + "\n|---|---|---|---|---|---|\n");
        try (Stream<Path> files = Files.list(pages)) {
            for (Path page : files.sorted().toList()) {
                List<String> lines = Files.readAllLines(page);
                int heading = lines.indexOf(HEADING);
                for (int i = heading + 2;
                        heading >= 0 && i < lines.size() && lines.get(i).startsWith("| ");
                        i++) {
                    String row = lines.get(i);
                    int comma = row.indexOf(',');
                    table.append("| [")
                            .append(row, 2, comma)
                            .append("](results/")
                            .append(page.getFileName())
                            .append(')')
                            .append(row, comma, row.length())
                            .append('\n');
                }
            }
        }
        return table.append('\n').toString();
    }
}

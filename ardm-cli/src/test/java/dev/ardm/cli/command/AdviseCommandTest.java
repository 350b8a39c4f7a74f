package dev.ardm.cli.command;

import static dev.ardm.cli.Cli.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ardm.data.source.Lines;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdviseCommandTest {
    @TempDir
    Path dir;

    private Path write(String name, List<String> lines) throws IOException {
        return Files.write(dir.resolve(name), (String.join("\n", lines) + "\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void itSaysWhatAModelWouldBringAndHowToGetIt() throws IOException {
        Path log = write("server.log", Lines.sentences(500, 12, 1));
        String said = run("advise", log).good().out();
        assertThat(said)
                .contains(
                        "500 items", "zstd -19", "xz -9e", "ardm pack: about", "bits a value of others", "extrapolated")
                .contains("train --data " + log + " --out run", "pack " + log);
        long promised = number(said, "ardm pack: about ([0-9,]+) bytes");
        String packed = run("pack", log, "-o", dir.resolve("x.ardm")).warned().out();
        // What is promised has no header of the archive.
        assertThat(number(packed, "=> .*: ([0-9,]+) bytes")).isBetween(promised, promised + 400);
    }

    private static long number(String text, String pattern) {
        Matcher found = Pattern.compile(pattern).matcher(text);
        assertThat(found.find()).as(text).isTrue();
        return Long.parseLong(found.group(1).replace(",", ""));
    }

    @Test
    void newItemsAreComparedWithWhatAModelWasTrainedOn() throws IOException {
        Path run = dir.resolve("run");
        run("train", "--data", write("old.log", Lines.sentences(600, 12, 1)), "--out", run);
        assertThat(run("advise", "-m", run, write("same.log", Lines.sentences(300, 12, 2)))
                        .good()
                        .out())
                .contains("held-out items cost", "look like what it was trained on", "not worth it");
        assertThat(run("advise", "-m", run, write("other.log", Lines.random(300, 40, 3)))
                        .good()
                        .out())
                .contains("are not what it was trained on");
        List<String> upper = Lines.sentences(300, 12, 2).stream()
                .map(line -> line.toUpperCase(java.util.Locale.ROOT))
                .toList();
        assertThat(run("advise", "-m", run, write("upper.log", upper)).good().out())
                .contains("are not what it was trained on", "training again is worth it from");
    }

    @Test
    void tooFewItemsAreSaidToBeTooFew() throws IOException {
        assertThat(run("advise", write("few.log", List.of("a", "b"))).good().out())
                .contains("too few items");
        assertThat(run("advise", write("none.log", List.of(""))).good().out()).contains("nothing to learn");
        run("advise", dir.resolve("nowhere")).failed("no such file or folder");
        run("advise", "-m", dir.resolve("nowhere"), write("x.log", List.of("a")))
                .failed("no such model file");
        run("advise", "-m", dir, "--items", "lines", dir).refused("exclude each other");
    }
}

package dev.ardm.cli;

import static dev.ardm.cli.Cli.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ardm.core.Space;
import dev.ardm.data.PackedItemSet;
import dev.ardm.data.image.ImageFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Files come back with the times they had. */
class ArchiveTimesTest {
    private static final Space SPACE = Space.image(8, 8, 1, 16);
    private static final String TIME = "2001-02-03T04:05:06.789Z";

    @TempDir
    Path dir;

    private Path in;
    private Path archive;

    @BeforeEach
    void items() throws IOException {
        Cli.modelFile(Files.createDirectory(dir.resolve("models")).resolve("m.safetensors"), SPACE, 1);
        in = dir.resolve("in");
        ImageFolder.write(in, PackedItemSet.of(SPACE, Cli.values(SPACE, 2, 5), List.of("a.png", "b/c.png")));
        for (String name : List.of("a.png", "b/c.png")) {
            Files.setLastModifiedTime(in.resolve(name), FileTime.from(Instant.parse(TIME)));
        }
        archive = dir.resolve("in.ardm");
    }

    private void compress(Object... more) {
        Object[] args = new Object[5 + more.length];
        System.arraycopy(
                new Object[] {"compress", "-f", "-m", dir.resolve("models/m.safetensors"), "-1"}, 0, args, 0, 5);
        System.arraycopy(more, 0, args, 5, more.length);
        run(args).good();
    }

    private static Instant time(Path file) throws IOException {
        return Files.getLastModifiedTime(file).toInstant();
    }

    @Test
    void theyComeBackAndAreShown() throws IOException {
        compress(in);
        run("decompress", archive, "-o", dir.resolve("out")).good();
        assertThat(time(dir.resolve("out/a.png"))).isEqualTo(TIME);
        assertThat(time(dir.resolve("out/b/c.png"))).isEqualTo(TIME);
        run("extract", archive, "a.png", "-o", dir.resolve("x.png")).good();
        assertThat(time(dir.resolve("x.png"))).isEqualTo(TIME);
        run("decompress", archive, "--item", 1, "-o", dir.resolve("y.png")).good();
        assertThat(time(dir.resolve("y.png"))).isEqualTo(TIME);
        assertThat(run("list", archive).good().out()).contains("modified (UTC)", "2001-02-03T04:05:06Z a.png");
        JsonNode json = JsonMapper.builder()
                .build()
                .readTree(run("list", "--json", archive).good().out());
        assertThat(json.path("entries").path(0).path("modified").asString()).isEqualTo(TIME);
    }

    @Test
    void theyMayBeLeftOut() throws IOException {
        compress("--no-times", in);
        byte[] bytes = Files.readAllBytes(archive);
        Files.setLastModifiedTime(in.resolve("a.png"), FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
        compress("--no-times", in);
        assertThat(archive).hasBinaryContent(bytes);
        assertThat(run("list", "--json", archive).good().out()).doesNotContain("modified");
        Instant now = Instant.now().minusSeconds(60);
        run("decompress", archive, "-o", dir.resolve("out")).good();
        assertThat(time(dir.resolve("out/a.png"))).isAfter(now);
    }
}

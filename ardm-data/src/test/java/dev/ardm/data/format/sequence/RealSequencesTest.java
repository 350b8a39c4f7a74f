package dev.ardm.data.format.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ardm.core.Item;
import dev.ardm.core.Space;
import dev.ardm.data.format.DataFormat;
import dev.ardm.data.format.FormatOptions;
import dev.ardm.data.format.RoundTrips;
import dev.ardm.data.registry.DataFormats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real text and sound where they are at hand: the folder named by ARDM_TEST_DATA, or {@code ../../shared/data}. */
class RealSequencesTest {
    @TempDir
    Path dir;

    private static Path data(String name) {
        String root = Objects.requireNonNullElse(
                System.getProperty("ardm.test.data"),
                Objects.requireNonNullElse(System.getenv("ARDM_TEST_DATA"), "../../shared/data"));
        Path path = Path.of(root, name);
        assumeTrue(Files.exists(path), "no " + path + " here (set ARDM_TEST_DATA to the folder of real data)");
        return path;
    }

    @Test
    void text27HasThatManySymbols() throws IOException {
        Path test = data("text27/test.txt.gz");
        DataFormat format = RoundTrips.fitted("text", Map.of(), test);
        assertThat(format.space()).isEqualTo(Space.of(new int[] {256}, 27, Space.Scale.NOMINAL));
        WindowSet evaluation = (WindowSet) format.evaluationItems(List.of(test));
        assertThat(evaluation.symbols()).isEqualTo(5_000_000);
        assertThat(evaluation.size()).isEqualTo(19_531);
        assertThat(evaluation.leftOut()).isEqualTo(64);
        assertThat(evaluation.padding()).isZero();
        assertThat(format.items(List.of(test)).size()).isEqualTo(19_532);
    }

    @Test
    void spokenDigitsComeBack() throws IOException {
        Path zip = data("spoken-digits/recordings.zip");
        Map<String, String> options = Map.of("window", "4096", "names", ".*_([5-9]|[1-4][0-9])\\.wav");
        DataFormat train = DataFormats.fit("wav", List.of(zip), options);
        assertThat(train.definition().toString())
                .isEqualTo("{\"kind\":\"wav\",\"version\":1,\"window\":4096,\"bits\":16,\"channels\":1,\"rate\":8000}");
        assertThat(train.space()).isEqualTo(Space.of(new int[] {4096}, 65536, Space.Scale.ORDERED));
        DataFormat test = train.reading(new FormatOptions("wav", Map.of("names", ".*_[0-4]\\.wav")));
        List<Item> documents = RoundTrips.items(test, zip);
        assertThat(documents).hasSize(300);
        RoundTrips.write(test, dir.resolve("out"), documents);
        try (ZipFile file = new ZipFile(zip.toFile())) {
            for (Item item : documents) {
                assertThat(item.side()).as(item.name()).isEmpty();
                byte[] content = file.getInputStream(file.getEntry(item.name())).readAllBytes();
                assertThat(dir.resolve("out").resolve(item.name())).hasBinaryContent(content);
            }
        }
        WindowSet items = (WindowSet) test.items(List.of(zip));
        assertThat(items.symbols())
                .isEqualTo(documents.stream().mapToLong(d -> d.values().length).sum());
        assertThat(items.leftOut()).isZero();
    }
}

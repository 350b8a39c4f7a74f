package dev.ardm.data.format.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ardm.core.Item;
import dev.ardm.data.registry.DataFormats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The census rows where they are at hand: the folder named by ARDM_TEST_DATA, or {@code ../../shared/data}. */
class RealTablesTest {
    @TempDir
    Path dir;

    @Test
    void censusRowsComeBack() throws IOException {
        Path adult = Path.of(
                Objects.requireNonNullElse(
                        System.getProperty("ardm.test.data"),
                        Objects.requireNonNullElse(System.getenv("ARDM_TEST_DATA"), "../../shared/data")),
                "adult");
        assumeTrue(Files.exists(adult), "no " + adult + " here (set ARDM_TEST_DATA to the folder of real data)");
        TableFormat format = (TableFormat) DataFormats.fit("csv", List.of(adult.resolve("train.csv")), Map.of());
        assertThat(format.columns()).hasSize(15);
        assertThat(format.items(List.of(adult.resolve("train.csv"))).size()).isEqualTo(27_162);
        for (String name : List.of("train.csv", "test.csv")) {
            Path path = adult.resolve(name);
            List<Item> items = TableFormatTest.documents(format, List.of(path));
            long escapes = items.stream()
                    .mapToLong(d -> format.columns().stream()
                            .filter(column -> column.escaped(d.values()))
                            .count())
                    .sum();
            assertThat(escapes)
                    .as("ages and the like that are in %s only", name)
                    .isEqualTo(name.startsWith("test") ? 2 : 0);
            Path back = dir.resolve(name);
            TableFormatTest.restore(format, items, back);
            assertThat(Files.mismatch(back, path)).as(name).isEqualTo(-1);
        }
    }
}

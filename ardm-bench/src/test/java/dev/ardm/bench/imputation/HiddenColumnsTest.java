package dev.ardm.bench.imputation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HiddenColumnsTest {
    private static final CsvTable TRAINING = new CsvTable(
            List.of("age", "pet"),
            List.of(List.of("1", "cat"), List.of("2", "cat"), List.of("2", "dog"), List.of("9", "cat")));
    private static final CsvTable TEST =
            new CsvTable(List.of("age", "pet"), List.of(List.of("2", "cat"), List.of("5", "newt")));

    private final HiddenColumns protocol = new HiddenColumns(TRAINING, TEST);

    @Test
    void everyFieldIsHiddenOnceAndOnlyIt() {
        assertThat(protocol.cells())
                .containsExactly(
                        new HiddenColumns.Cell(0, 0),
                        new HiddenColumns.Cell(1, 0),
                        new HiddenColumns.Cell(0, 1),
                        new HiddenColumns.Cell(1, 1));
        assertThat(protocol.known(1)).containsExactly(true, false);
        assertThat(protocol.rows(1)).containsExactly(List.of("2", ""), List.of("5", ""));
    }

    @Test
    void frequenciesGiveModeMedianAndBits() throws Exception {
        HiddenColumns.Score age = protocol.score(0, new MarginalDistribution(TRAINING, 0).predict(protocol.rows(0)));
        assertThat(age.accuracy()).isEqualTo(0.5);
        assertThat(age.absoluteError()).isEqualTo(1.5);
        // 2 has two of four rows, 5 none: 4/5 are for what was seen, 1/5 for all else.
        assertThat(age.bits()).isCloseTo((-log2(0.8 * 0.5) - log2(0.2)) / 2, within(1e-12));
        HiddenColumns.Score pet = protocol.score(1, new MarginalDistribution(TRAINING, 1).predict(protocol.rows(1)));
        assertThat(pet.accuracy()).isEqualTo(0.5);
        assertThat(pet.absoluteError()).isNaN();
    }

    private static double log2(double x) {
        return Math.log(x) / Math.log(2);
    }

    @Test
    void whatAnotherProgramFilledIsScoredLikeAPrediction(@TempDir Path folder) throws IOException {
        protocol.write(folder);
        Path hidden = folder.resolve(protocol.fileName(0));
        assertThat(hidden).hasContent("age,pet\n,cat\n,newt\n");
        Files.writeString(hidden, "age,pet\n2,cat\n9,newt\n");
        HiddenColumns.Score score = protocol.score(0, protocol.filled(0, CsvTable.read(hidden)));
        assertThat(score.accuracy()).isEqualTo(0.5);
        assertThat(score.absoluteError()).isEqualTo(2);
        assertThat(score.bits()).isNaN();
        assertThatThrownBy(() -> protocol.filled(1, CsvTable.read(hidden)))
                .hasMessageContaining("row 1 of the filled table");
    }

    @Test
    void tablesThatDoNotFitAreRefused(@TempDir Path folder) throws IOException {
        CsvTable words = new CsvTable(TEST.names(), List.of(List.of("old", "cat")));
        assertThatThrownBy(() -> new HiddenColumns(TRAINING, words)).hasMessageContaining("column 'age'");
        Path ragged = Files.writeString(folder.resolve("ragged.csv"), "a,b\n1,2\n3\n");
        assertThatThrownBy(() -> CsvTable.read(ragged))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("ragged.csv: line 3");
        Path open = Files.writeString(folder.resolve("open.csv"), "a,b\n1,\"2\n");
        assertThatThrownBy(() -> CsvTable.read(open))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("open.csv");
    }
}

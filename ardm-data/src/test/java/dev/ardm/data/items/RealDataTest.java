package dev.ardm.data.items;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ardm.core.Space;
import dev.ardm.data.DataException;
import dev.ardm.data.ItemSet;
import dev.ardm.data.image.ImageFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reads real sets where they are at hand: the folder named by ARDM_TEST_DATA, or {@code ../../shared/data}. */
class RealDataTest {
    private static Path data(String name) {
        String root = Objects.requireNonNullElse(
                System.getProperty("ardm.test.data"),
                Objects.requireNonNullElse(System.getenv("ARDM_TEST_DATA"), "../../shared/data"));
        Path path = Path.of(root, name);
        assumeTrue(Files.exists(path), "no " + path + " here (set ARDM_TEST_DATA to the folder of real data)");
        return path;
    }

    @ParameterizedTest
    @CsvSource({
        "mnist/train-images-idx3-ubyte.gz,60000,28,28,1,256",
        "mnist/t10k-images-idx3-ubyte.gz,10000,28,28,1,256",
        "binarized-mnist/train.npy.gz,50000,28,28,1,2",
        "binarized-mnist/test.npy.gz,10000,28,28,1,2",
        "digits8x8/train.npy.gz,3823,8,8,1,17",
        "digits8x8/test.npy.gz,1797,8,8,1,17",
        "images32/test.npy.gz,2000,32,32,3,256",
    })
    void setsHaveTheirSizeAndSpace(String name, int size, int h, int w, int c, int k) throws IOException {
        ItemSet set = ItemSets.open(data(name));
        assertThat(set.size()).isEqualTo(size);
        assertThat(set.space()).isEqualTo(Space.image(h, w, c, k));
        long sum = 0;
        for (int i = 0; i < 100; i++) {
            for (int value : set.item(i)) {
                sum += value;
            }
        }
        assertThat(sum).isPositive();
    }

    @ParameterizedTest
    @CsvSource({"mnist/t10k-labels-idx1-ubyte.gz,labels?", "tiles,the images differ", "kodak,the images differ"})
    void whatIsNoSetSaysWhy(String name, String message) {
        Path path = data(name);
        assertThatThrownBy(() -> ItemSets.open(path))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(message);
    }

    /** Every tile comes back pixel by pixel from what it is written as; those of 32x32 are one set when widened. */
    @Test
    void tilesOfAllKindsComeBack(@TempDir Path dir) throws IOException {
        Path tiles = data("tiles");
        List<Path> files;
        try (Stream<Path> walk = Files.walk(tiles)) {
            files = walk.filter(path -> path.toString().endsWith(".png"))
                    .sorted()
                    .toList();
        }
        Path same = Files.createDirectory(dir.resolve("same"));
        int copied = 0;
        Set<String> kinds = new TreeSet<>();
        for (int i = 0; i < files.size(); i += 7) {
            ItemSet set = ItemSets.open(files.get(i));
            kinds.add(set.space().toString());
            Path copy = dir.resolve("copy.png");
            ImageFiles.write(set.space(), set.item(0), copy);
            ItemSet back = ItemSets.open(copy);
            assertThat(back.space()).isEqualTo(set.space());
            assertThat(back.item(0)).isEqualTo(set.item(0));
            if (set.space().extent(0) == 32 && set.space().extent(1) == 32) {
                Files.copy(files.get(i), same.resolve(i + ".png"));
                copied++;
            }
        }
        assertThat(kinds).contains("32x32x3 of 256", "32x32x4 of 256");
        assertThatThrownBy(() -> ItemSets.open(same)).hasMessageContaining("widen=true");
        ItemSet widened = ItemSets.open(same, null, true);
        assertThat(widened.size()).isEqualTo(copied);
        assertThat(widened.space()).isEqualTo(Space.image(32, 32, 4, 256));
    }
}

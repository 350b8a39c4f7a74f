package dev.ardm.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every benchmark can be run once. */
class BenchmarksTest {
    @ParameterizedTest
    @ValueSource(strings = {"vector", "plain", "scalar"})
    void kernels(String kernels) {
        ConvolutionBenchmark convolution = new ConvolutionBenchmark();
        convolution.kernels = kernels;
        convolution.shape = "7,8,12,3,2";
        convolution.prepare();
        assertThat(convolution.convolution()).hasSize(4 * 4 * 12).doesNotContain(Float.NaN);

        MatrixProductBenchmark product = new MatrixProductBenchmark();
        product.kernels = kernels;
        product.shape = "3,5,7";
        product.prepare();
        assertThat(product.product()).hasSize(21).doesNotContain(Float.NaN);
    }

    /** The names that bench/run knows are those of classes and scripts that exist. */
    @Test
    void everyNameRunsSomething() throws Exception {
        Path bench = Path.of(System.getProperty("basedir", "."), "..", "bench");
        List<String> entries = Files.readAllLines(bench.resolve("run")).stream()
                .filter(line -> line.matches("[a-z0-9-]+ \\| [^|]* \\| [^|]* \\| .*"))
                .toList();
        assertThat(entries).hasSizeGreaterThan(20);
        for (String entry : entries) {
            String runs = entry.split(" \\| ")[1];
            if (runs.endsWith(".sh")) {
                assertThat(bench.resolve("lib").resolve(runs)).exists();
            } else {
                assertThat(Class.forName(runs).getMethod("main", String[].class))
                        .isNotNull();
            }
        }
    }

    @Test
    void network() throws Exception {
        for (String engine : List.of("vector", "plain", "libtorch")) {
            NetworkBenchmark network = new NetworkBenchmark();
            network.engine = engine;
            network.threads = 2;
            network.all = false;
            network.prepare();
            assertThat(network.logits()).hasSize(49 * 256).doesNotContain(Float.NaN);
            network.close();
        }
    }

    @Test
    void item() {
        ItemBenchmark item = new ItemBenchmark();
        item.calls = 2;
        item.prepare();
        assertThat(item.encode()).hasSize(1);
        assertThat(item.decode().get(0))
                .hasValue(Networks.items(Networks.small().space(), 1));
    }

    @Test
    void planner() {
        PlannerBenchmark planner = new PlannerBenchmark();
        planner.calls = 50;
        planner.prepare();
        assertThat(planner.plan().calls()).isEqualTo(50);
    }
}

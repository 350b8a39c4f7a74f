package dev.ardm.app.pack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ardm.data.format.DataFormat;
import dev.ardm.data.registry.DataFormats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From how many items on a network is smaller than counts. */
class NetworkTrialTest {
    @TempDir
    Path dir;

    private static Alternative counts(int learnt, long modelBytes, long itemBytes) {
        BitSet primer = new BitSet();
        primer.set(0, learnt);
        return new Alternative("some", primer, 0, modelBytes, itemBytes);
    }

    /** A network of 5,000 bytes, and 10 for each of 100 items. */
    private NetworkTrial.Trained network() throws IOException {
        Path file = Files.writeString(dir.resolve("some.log"), "some\n");
        DataFormat format = DataFormats.fit("lines", List.of(file), Map.of());
        return new NetworkTrial.Trained(file, format, 5_000, 6_000, 100);
    }

    @Test
    void itPaysWhereEachFurtherItemTakesLess() throws IOException {
        // The best counts take 15 bytes for each item that they have not learnt, 5 more than the network.
        List<Alternative> tried = List.of(counts(0, 400, 3_000), counts(60, 1_000, 600), counts(100, 1_200, 0));
        assertThat(NetworkTrial.paysFrom(network(), tried))
                .hasValue("  against counts the network pays from about 800 items like these on");
    }

    @Test
    void itNeverPaysWhereCountsTakeLess() throws IOException {
        assertThat(NetworkTrial.paysFrom(network(), List.of(counts(60, 1_000, 200))))
                .hasValueSatisfying(said -> assertThat(said).contains("never pays"));
    }

    @Test
    void whoLearntAllItemsSaysNothingOfOthers() throws IOException {
        assertThat(NetworkTrial.paysFrom(network(), List.of(counts(100, 1_200, 0))))
                .isEmpty();
    }
}

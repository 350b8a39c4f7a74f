package dev.ardm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ardm.core.Space;
import dev.ardm.core.masking.MaskingDefinition;
import dev.ardm.core.masking.output.LogisticMixture;
import dev.ardm.core.masking.output.OutputDistribution;
import dev.ardm.core.masking.process.Given;
import dev.ardm.core.masking.process.OrderAgnostic;
import dev.ardm.core.masking.process.Process;
import dev.ardm.core.masking.process.Upscale;
import dev.ardm.core.network.TransformerConfig;
import dev.ardm.core.network.UNetConfig;
import dev.ardm.data.array.NpyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Archives whose plans have more, or fewer, steps than an item has values. */
class ArchivesOfProcessesTest {
    private static final Space SPACE = Space.image(3, 4, 3, 256);

    @TempDir
    Path dir;

    static Stream<MaskingDefinition> definitions() {
        UNetConfig network = new UNetConfig(List.of(8), List.of(1), List.of(), List.of(false), 1, 2, 2, 4, 4, 0, true);
        Process upscale = new Upscale(SPACE, 4, Given.NOTHING);
        Process pixels = new OrderAgnostic(SPACE, 3, Given.NOTHING);
        Space labels = Space.of(new int[] {12}, 5, Space.Scale.NOMINAL);
        Process tree = new Upscale(labels, 2, Given.NOTHING, new int[] {3, 1, 4, 0, 2});
        return Stream.of(
                new MaskingDefinition(upscale, OutputDistribution.of(upscale), network, ""),
                new MaskingDefinition(pixels, new LogisticMixture(2, 3), network, ""),
                new MaskingDefinition(
                        tree, OutputDistribution.of(tree), new TransformerConfig(1, 8, 2, 8, 0, 0).withEnds(true), ""));
    }

    @ParameterizedTest
    @MethodSource("definitions")
    void comeBack(MaskingDefinition definition) throws IOException {
        Path model = Cli.write(dir.resolve("model.safetensors"), Cli.model(definition, 1));
        Path items = dir.resolve("items.npy");
        NpyFile.write(items, Cli.items(definition.space(), 5, 2));
        Path archive = dir.resolve("items.ardm");
        Path back = dir.resolve("back.npy");
        assertThat(Cli.run("compress", "-m", model, "-o", archive, "--calls", 1000, items)
                        .code())
                .isZero();
        assertThat(Cli.run("decompress", "-m", model, "-o", back, archive).code())
                .isZero();
        assertThat(Files.readAllBytes(back)).isEqualTo(Files.readAllBytes(items));
        int steps = definition.process().steps();
        assertThat(Cli.run("list", archive).good().out()).contains("spread, " + steps + " calls");
        assertThat(Cli.run("list", "--json", archive).good().out()).contains("\"calls\":" + steps);
    }
}

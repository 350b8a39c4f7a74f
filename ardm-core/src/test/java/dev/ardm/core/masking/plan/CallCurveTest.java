package dev.ardm.core.masking.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.ardm.core.Space;
import dev.ardm.core.TinyModels;
import dev.ardm.core.family.Models;
import dev.ardm.core.masking.MaskingModel;
import dev.ardm.core.model.DefinitionJson;
import dev.ardm.core.model.ModelFile;
import dev.ardm.core.model.SafeTensors.Type;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CallCurveTest {
    private static CallCurve curve(double full, int dimensions, Map<Integer, Double> bits) {
        return new CallCurve(full, dimensions, new TreeMap<>(bits));
    }

    @Test
    void theUsualCallsAreTheFewestThatCostHardlyMore() {
        Map<Integer, Double> bits = Map.of(4, 1.2, 8, 1.02, 16, 1.0045, 32, 1.001, 128, 1.0);
        assertThat(curve(1, 784, bits).usualCalls()).hasValue(16);
        assertThat(curve(1.1, 784, Map.of(8, 1.05, 16, 1.001, 32, 1.0)).usualCalls())
                .as("more than 32 calls cost more")
                .hasValue(16);
        assertThat(curve(0.9999, 784, Map.of(4, 1.2, 128, 1.0)).usualCalls())
                .as("nobody waits for more than 64 who did not ask")
                .isEmpty();
    }

    @Test
    void halfAPercentOrHalfAByteAnItemIsLittle() {
        assertThat(curve(4, 3072, Map.of()).tolerance()).as("half a percent").isCloseTo(0.02, within(1e-12));
        assertThat(curve(0.1, 2000, Map.of()).tolerance()).as("4 bits an item").isCloseTo(0.002, within(1e-12));
        assertThat(curve(0.1, 10, Map.of()).tolerance()).as("at most").isCloseTo(0.005, within(1e-12));
    }

    @Test
    void schedulesOfOtherItemsKeepWhatTheyCostMore() {
        CallCurve before = curve(1, 784, Map.of(4, 1.5, 8, 1.25));
        CallCurve after = before.with(curve(2, 784, Map.of(8, 2.125, 16, 2.0)));
        assertThat(after).isEqualTo(curve(2, 784, Map.of(4, 2.5, 8, 2.125, 16, 2.0)));
    }

    @Test
    void itComesBackFromItsText() {
        CallCurve curve = curve(0.987654321, 784, Map.of(4, 1.25, 16, 1.0 / 3));
        assertThat(CallCurve.read(DefinitionJson.JSON.readTree(curve.json()))).isEqualTo(curve);
        for (String wrong : new String[] {
            "{\"full\":1,\"dimensions\":0,\"bits\":{}}",
            "{\"full\":\"1\",\"dimensions\":1,\"bits\":{}}",
            "{\"full\":-1,\"dimensions\":1,\"bits\":{}}",
            "{\"full\":1,\"dimensions\":1,\"bits\":[]}",
            "{\"full\":1,\"dimensions\":1,\"bits\":{\"0\":1}}",
            "{\"full\":1,\"dimensions\":1,\"bits\":{\"4\":1e999}}",
            "{\"full\":1,\"dimensions\":1,\"bits\":{\"4\":null}}"
        }) {
            assertThatIllegalArgumentException()
                    .as(wrong)
                    .isThrownBy(() -> CallCurve.read(DefinitionJson.JSON.readTree(wrong)));
        }
    }

    @Test
    void aModelFileKeepsItAndItIsNoPartOfTheId(@TempDir Path folder) throws Exception {
        Space space = Space.of(new int[] {6}, 5, Space.Scale.NOMINAL);
        MaskingModel model = TinyModels.transformer(space, 1);
        MaskingModel measured = model.withSchedules(Map.of(2, Schedule.of(new int[] {0, 2}, 6)))
                .withScheduleCosts(curve(2, 6, Map.of(2, 2.001)));
        assertThat(measured.id()).isEqualTo(model.id());
        assertThat(model.open(1).usualCalls()).isEmpty();
        assertThat(measured.open(1).usualCalls()).hasValue(2);
        Path file = folder.resolve("model.safetensors");
        try (OutputStream out = Files.newOutputStream(file)) {
            ModelFile.write(measured, Type.F32, out);
        }
        MaskingModel read = MaskingModel.of(Models.read(file));
        assertThat(read.scheduleCosts()).isEqualTo(measured.scheduleCosts());
        assertThat(read.withSchedules(Map.of()).scheduleCosts()).isEmpty();
    }
}

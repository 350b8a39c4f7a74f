package dev.ardm.core.masking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.ardm.core.Space;
import dev.ardm.core.TinyModels;
import dev.ardm.core.masking.output.OutputDistribution;
import dev.ardm.core.masking.process.OrderAgnostic;
import dev.ardm.core.model.ArithmeticVersions;
import dev.ardm.core.model.DefinitionJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArithmeticsTest {
    @Test
    void aVersionIsFoundByItsNumber() {
        for (int version = 1; version <= ArithmeticVersions.NEWEST; version++) {
            assertThat(Arithmetics.of(version).version()).isEqualTo(version);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 2, 65535})
    void oneThatIsNotKnownIsRefused(int version) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Arithmetics.of(version))
                .withMessage("needs arithmetic version " + version + ", this program knows 1");
        OrderAgnostic process = new OrderAgnostic(Space.image(2, 2, 1, 3));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MaskingDefinition(
                        version, process, OutputDistribution.of(process), TinyModels.config(), ""))
                .withMessageContaining("needs arithmetic version " + version);
    }

    @Test
    void aDefinitionKeepsItsVersion() {
        MaskingDefinition definition = MaskingDefinition.of(Space.image(2, 2, 1, 3), TinyModels.config());
        assertThat(MaskingDefinition.read(DefinitionJson.JSON.readTree(definition.json())))
                .isEqualTo(definition)
                .extracting(MaskingDefinition::arithmetic)
                .isEqualTo(ArithmeticVersions.NEWEST);
    }
}

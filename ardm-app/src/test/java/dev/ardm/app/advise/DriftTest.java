package dev.ardm.app.advise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ardm.core.counts.CountsModel;
import dev.ardm.data.source.Lines;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DriftTest {
    private static final Drift.Figure BEFORE = new Drift.Figure(1, 0.01);

    private static String words(double now) {
        return Drift.words(BEFORE, new Drift.Figure(now, 0.01));
    }

    @Test
    void aChangeWithinTheErrorIsNone() {
        assertThat(words(1.03)).contains("look like");
        assertThat(words(0.97)).contains("look like");
        assertThat(Drift.words(BEFORE, new Drift.Figure(1.02, Double.NaN))).contains("look like");
    }

    @Test
    void aLargerChangeIsSaidAsLargeAsItIs() {
        assertThat(words(1.08)).contains("8 % more", "slight drift");
        assertThat(words(1.3)).contains("30 % more", "have drifted");
        assertThat(words(3)).contains("200 % more", "are not what it was trained on");
        assertThat(words(0.5)).contains("50 % less");
    }

    @Test
    void theFigureOfTrainingIsReadFromTheModel() {
        CountsModel model = CountsModel.learn(Lines.format().space(), "", List.of());
        assertThat(Drift.trained(model)).isEmpty();
        assertThat(Drift.trained(
                        model.withProvenance(Map.of("held_out", "0.2394 +- 0.0101 bits a value on 150 items"))))
                .hasValue(new Drift.Figure(0.2394, 0.0101));
        assertThat(Drift.trained(model.withProvenance(
                        Map.of("validation_bits_per_dimension", "1.039 +- 0.003 (bound, 500 items)"))))
                .hasValue(new Drift.Figure(1.039, 0.003));
        assertThat(Drift.trained(model.withProvenance(Map.of("held_out", "0.5 +- NaN bits"))))
                .hasValue(new Drift.Figure(0.5, 0));
    }
}

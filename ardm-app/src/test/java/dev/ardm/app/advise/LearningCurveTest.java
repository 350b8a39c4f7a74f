package dev.ardm.app.advise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ardm.data.source.Lines;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class LearningCurveTest {
    private static LearningCurve curve(List<String> lines) throws IOException {
        return LearningCurve.of(Lines.format(), Lines.items(lines), 1, done -> {});
    }

    @Test
    void itFallsTowardsTheEntropyOfTheSource() throws IOException {
        LearningCurve curve = curve(Lines.sentences(800, 16, 1));
        double entropy = Math.log(16 * 900) / Math.log(2) / 44;
        assertThat(curve.points())
                .hasSize(4)
                .extracting(LearningCurve.Point::items)
                .containsExactly(88, 175, 350, 700);
        assertThat(curve.points().get(3).bits()).isBetween(entropy, 1.35 * entropy);
        assertThat(curve.points().get(0).bits())
                .isGreaterThan(curve.points().get(3).bits());
        assertThat(curve.extrapolated(1400))
                .isLessThanOrEqualTo(curve.points().get(3).bits());
    }

    @Test
    void ofRandomBytesThereIsEnoughAtOnce() throws IOException {
        LearningCurve curve = curve(Lines.random(200, 30, 1));
        assertThat(curve.points().get(3).bits()).isCloseTo(8, within(0.5));
        assertThat(curve.sentences()).anyMatch(line -> line.startsWith("there is enough"));
    }

    @Test
    void extrapolationGoesOnAsTheLastDoublingDid() {
        LearningCurve curve = new LearningCurve(
                List.of(new LearningCurve.Point(100, 2, 0), new LearningCurve.Point(200, 1.5, 0)), 10);
        assertThat(curve.saved()).isEqualTo(0.25);
        assertThat(curve.extrapolated(800)).isCloseTo(1.5 * 0.75 * 0.75, within(1e-9));
        assertThat(curve.sentences()).anyMatch(line -> line.contains("saved 25 %"));
    }
}

package dev.ardm.core.counts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ardm.core.Space;
import dev.ardm.core.counts.internal.Measure;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NextValueTest {
    private static final Space SPACE = Space.of(new int[] {64}, 128, Space.Scale.NOMINAL);

    private static List<int[]> lines(int count, long seed) {
        Random random = new Random(seed);
        List<int[]> lines = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            String text = "user=" + random.nextInt(20) + " took " + random.nextInt(1000) + " ms, "
                    + (random.nextBoolean() ? "well done" : "failed with error " + random.nextInt(5));
            byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
            int[] values = new int[bytes.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = bytes[i];
            }
            lines.add(values);
        }
        return lines;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void saysWhatACoderPays(boolean ends) throws Exception {
        CountsModel model = CountsModel.learn(SPACE, "", lines(200, 1));
        NextValue next = model.nextValues(ends).get();
        byte[] primer = model.tensors().get("primer").bytes();
        SymbolPredictor coder = new SymbolPredictor(Primer.decode(primer, CountsModel.MOST_SYMBOLS), 128, ends);
        assertThat(next.outcomes()).isEqualTo(ends ? 129 : 128);
        float[] logs = new float[next.outcomes()];
        for (int[] line : lines(50, 2)) {
            next.begin();
            coder.begin();
            for (int i = 0; i < line.length + (ends ? 1 : 0); i++) {
                next.logs(logs, 0);
                double sum = 0;
                for (float log : logs) {
                    assertThat(log).isBetween((float) NextValue.LEAST, 0f);
                    sum += Math.exp(log);
                }
                assertThat(sum).isCloseTo(1, within(1e-5));
                int outcome = i < line.length ? line[i] : 128;
                Measure paid = new Measure();
                coder.code(paid, i < line.length ? line[i] : SymbolPredictor.END, false);
                double nats = paid.bits() * Math.log(2);
                assertThat((double) logs[outcome])
                        .isCloseTo(Math.max(NextValue.LEAST, -nats), within(2e-6 * Math.max(1, nats)));
                next.append(outcome);
            }
        }
    }
}

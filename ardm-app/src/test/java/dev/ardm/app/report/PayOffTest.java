package dev.ardm.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PayOffTest {
    /** 100 items of 1,000 bytes; zstd 400 a hundred bytes, dictionary 100; xz 300 for the first half, 200 for the second. */
    private static final ItemBaselines OTHERS = new ItemBaselines(100, 1000, 400, 100, 500, 300);

    @Test
    void theModelIsWeighedAgainstWhatOthersPayOnce() {
        // An item costs 2 bytes here, 4 with zstd: 1,100 - 100 are saved after 500 items.
        PayOff payOff = new PayOff(100, 1000, 200, 1100, OTHERS);
        assertThat(payOff.afterZstd()).hasValue(500);
        assertThat(payOff.sentences().get(0)).contains("100 bytes counted: 500 bytes", "after 500 items like these");
    }

    @Test
    void aSolidFileIsExtrapolatedByWhatItsSecondHalfCost() {
        assertThat(OTHERS.solidXz(1000)).isEqualTo(500);
        assertThat(OTHERS.solidXz(3000)).isEqualTo(500 + 2 * 400);
        // An item costs 2 bytes here and 4 more with xz, which has spent 100 bytes more at first: 1,100 - 100 after
        // 500.
        assertThat(new PayOff(100, 1000, 200, 1100, OTHERS).afterXz()).hasValue(500);
        assertThat(new PayOff(100, 1000, 500, 0, OTHERS).afterXz()).isEmpty();
    }

    @Test
    void aModelThatSavesNothingNeverPays() {
        PayOff payOff = new PayOff(100, 1000, 400, 50, OTHERS);
        assertThat(payOff.afterZstd()).isEmpty();
        assertThat(payOff.sentences().get(0)).contains("more than archive and model, but less for each further item");
        assertThat(new PayOff(100, 1000, 700, 50, OTHERS).sentences().get(1)).contains("does not pay for itself");
    }

    @Test
    void theBestDictionaryIsTakenAndCounted() throws IOException {
        Random random = new Random(1);
        List<byte[]> items = new ArrayList<>();
        for (int k = 0; k < 600; k++) {
            items.add(("{\"station\": \"north gate\", \"temperature\": " + random.nextInt(100)
                            + ", \"state\": \"open\"}\n")
                    .getBytes(StandardCharsets.US_ASCII));
        }
        ItemBaselines measured = ItemBaselines.of(items);
        assertThat(measured.dictionary()).isPositive();
        assertThat(measured.zstdWithDictionary(measured.raw()))
                .isEqualTo(measured.zstd() + measured.dictionary())
                .isLessThan(ByteCodec.zstd().size(items) * 3 / 4);
        assertThat(measured.xz()).isLessThan(measured.zstd());
        assertThat(ItemBaselines.of(List.of(new byte[] {1})).dictionary()).isZero();
    }
}

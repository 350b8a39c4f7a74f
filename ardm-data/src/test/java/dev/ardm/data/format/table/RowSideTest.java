package dev.ardm.data.format.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ardm.data.DataException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RowSideTest {
    private static RowSide.FileStart start(String name, String header) {
        return new RowSide.FileStart(name, true, LineEnd.CRLF, header, LineEnd.LF, false, null);
    }

    @Test
    void whatIsWrittenIsReadWhateverItsLengths() throws DataException {
        Random random = new Random(1);
        for (int length : new int[] {0, 1, 127, 128, 129, 300, 16_383, 16_384, 20_000}) {
            String text = "t".repeat(length);
            List<String> escapes = List.of(text, "b", text);
            List<String> additional = new ArrayList<>();
            for (int k = random.nextInt(3); k >= 0; k--) {
                additional.add(text + k);
            }
            for (RowSide side : List.of(
                    new RowSide(start("n" + text, text), null, false, LineEnd.LF, escapes, additional),
                    new RowSide(null, null, false, null, escapes, List.of()),
                    new RowSide(start("n", null), text, false, LineEnd.NONE, List.of(), List.of()),
                    new RowSide(start("n", text), null, true, null, List.of(), List.of()))) {
                assertThat(RowSide.of(side.toBytes(), side.escapes().size())).isEqualTo(side);
                assertThat(RowSide.beginsFile(side.toBytes())).isEqualTo(side.file() != null);
            }
        }
        assertThat(RowSide.beginsFile(new byte[0])).isFalse();
    }

    @Test
    void onlyARowThatSaysAllOfItselfIsWhole() throws DataException {
        RowSide raw = new RowSide(null, "a,b", false, null, List.of(), List.of());
        RowSide none = new RowSide(start("n", null), null, true, null, List.of(), List.of());
        RowSide escaped = new RowSide(null, null, false, LineEnd.LF, List.of(), List.of());
        assertThat(RowSide.whole(raw.toBytes())).isEqualTo(raw);
        assertThat(RowSide.whole(none.toBytes())).isEqualTo(none);
        assertThatThrownBy(() -> RowSide.whole(escaped.toBytes())).isInstanceOf(DataException.class);
    }

    @Test
    void whatIsCutOffOrUnknownIsDamaged() {
        byte[] bytes = new RowSide(start("name", "head"), null, false, null, List.of("x", "y"), List.of("z")).toBytes();
        for (int length = 1; length < bytes.length - 1; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> RowSide.of(cut, 2)).as("%d bytes", length).isInstanceOf(DataException.class);
        }
        assertThatThrownBy(() -> RowSide.of(new byte[] {64}, 0)).isInstanceOf(DataException.class);
        assertThatThrownBy(() -> RowSide.of(
                        new byte[] {32, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 1}, 0))
                .isInstanceOf(DataException.class);
    }
}

package dev.ardm.data.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ardm.data.DataException;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JavaRecordsTest extends RecordSuite<JavaRecordsTest.Reading> {
    enum State {
        NEW,
        OLD {
            @Override
            public String toString() {
                return "not its name";
            }
        }
    }

    record Reading(String name, int count, long time, double value, boolean good, State state, Double limit) {}

    record Rounded(double value) {
        Rounded {
            value = Math.rint(value);
        }
    }

    record Positive(int value) {
        Positive {
            if (value < 0) {
                throw new IllegalArgumentException("below 0");
            }
        }
    }

    record Wide(
            byte small,
            Short medium,
            float part,
            char letter,
            BigInteger large,
            BigDecimal money,
            UUID id,
            Instant at,
            LocalDate day,
            LocalTime hour,
            LocalDateTime local,
            OffsetDateTime there,
            Duration length) {}

    record Deep(List<String> names) {}

    record Nothing() {}

    record Shifting(int value) {
        @Override
        public int value() {
            return value + 1;
        }
    }

    private static <R> RecordKind<R> of(Class<R> type) {
        JavaRecordMapping<R> mapping = new JavaRecordMapping<>(type);
        return new MappedRecords<>("records", new RowRecords(mapping.columns()), mapping);
    }

    @Override
    RecordKind<Reading> kind() {
        return of(Reading.class);
    }

    @Override
    List<Reading> usual(int seed) {
        Random random = new Random(seed);
        return IntStream.range(0, 200)
                .mapToObj(k -> new Reading(
                        "s" + random.nextInt(5),
                        random.nextInt(100),
                        1_700_000_000_000L + random.nextInt(1000),
                        random.nextInt(100) / 8.0,
                        random.nextBoolean(),
                        random.nextInt(5) == 0 ? null : State.values()[random.nextInt(2)],
                        random.nextBoolean() ? null : 0.5))
                .toList();
    }

    @Override
    List<Reading> strange() {
        return List.of(
                new Reading(null, Integer.MIN_VALUE, Long.MAX_VALUE, Double.NaN, false, null, Double.NaN),
                new Reading("", 0, Long.MIN_VALUE, -0.0, true, State.OLD, -0.0),
                new Reading("a,\"\n", -1, -1, Double.MIN_VALUE, true, State.NEW, Double.POSITIVE_INFINITY),
                new Reading("null", 7, 7, 0.1 + 0.2, true, State.NEW, 1e300),
                new Reading("x", 7, 7, Double.longBitsToDouble(0x7FF0000000000001L), true, State.NEW, 1e-7));
    }

    @Override
    Map<Reading, String> refused() {
        return Map.of(new Reading("\uDDC0", 1, 1, 1, true, null, null), "half a surrogate pair");
    }

    @Override
    Object shown(Reading record) {
        return record;
    }

    @Test
    void allTypesOfComponentsComeBack() throws DataException {
        JavaRecordMapping<Wide> mapping = new JavaRecordMapping<>(Wide.class);
        for (Wide wide : List.of(
                new Wide(
                        (byte) -128,
                        (short) 7,
                        0.1f,
                        ',',
                        BigInteger.ONE.shiftLeft(99),
                        new BigDecimal("1.50"),
                        new UUID(1, 2),
                        Instant.ofEpochSecond(1, 5),
                        LocalDate.of(-5, 2, 28),
                        LocalTime.MIDNIGHT,
                        LocalDateTime.of(2026, 12, 1, 4, 5),
                        OffsetDateTime.of(2026, 12, 1, 4, 5, 6, 7, ZoneOffset.ofHours(-3)),
                        Duration.ofMillis(-1)),
                new Wide((byte) 0, null, -0f, '\uDDC0', null, null, null, null, null, null, null, null, null))) {
            assertThat(mapping.from(mapping.to(wide))).isEqualTo(wide);
        }
        assertThatThrownBy(() -> mapping.from(
                        new String[] {"1", "1", "1", "ab", null, null, null, null, null, null, null, null, null}))
                .hasMessageContaining("'letter' has 'ab', which is no char");
        assertThatThrownBy(() -> mapping.from(
                        new String[] {"1", "1", "1", "a", null, null, null, null, "2026-02-30", null, null, null, null
                        }))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("which is no LocalDate");
    }

    @Test
    void classesThatCannotComeBackAreRefusedByName() {
        assertThatThrownBy(() -> of(Deep.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the component names of " + Deep.class.getName() + " is a List");
        assertThatThrownBy(() -> of(Nothing.class)).hasMessageContaining("no record with components");
        assertThatThrownBy(() -> of(String.class)).hasMessageContaining("no record with components");
    }

    @Test
    void recordsThatTheirClassChangesAreRefused() throws IOException {
        assertThatThrownBy(() -> new JavaRecordMapping<>(Shifting.class).to(new Shifting(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("would become");
    }

    @Test
    void rowsThatAreNoRecordsAreRefused() {
        assertThatThrownBy(() -> new JavaRecordMapping<>(Positive.class).from(new String[] {"-1"}))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("below 0");
        assertThatThrownBy(() -> new JavaRecordMapping<>(Positive.class).from(new String[] {"x"}))
                .hasMessage("the column 'value' has 'x', which is no int");
        assertThatThrownBy(() -> new JavaRecordMapping<>(Positive.class).from(new String[] {null}))
                .hasMessage("the column 'value' is empty, but has to be of type int");
        assertThatThrownBy(() -> new JavaRecordMapping<>(Reading.class)
                        .from(new String[] {"a", "1", "1", "1", "yes", "NEW", null}))
                .hasMessageContaining("'good' has 'yes'");
        assertThatThrownBy(() -> new JavaRecordMapping<>(Reading.class)
                        .from(new String[] {"a", "1", "1", "1", "true", "GONE", null}))
                .hasMessageContaining("'state' has 'GONE'");
    }
}

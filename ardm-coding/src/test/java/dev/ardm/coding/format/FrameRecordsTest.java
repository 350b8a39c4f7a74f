package dev.ardm.coding.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ardm.coding.CheckedStream;
import dev.ardm.coding.error.ArchiveException;
import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.internal.bytes.ByteCursor;
import dev.ardm.coding.internal.bytes.ByteSink;
import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** The head of a frame of records, its flags, and groups. */
class FrameRecordsTest {
    private static ByteCursor cursor(byte[] bytes) {
        return new ByteCursor("test", "flags", 0, bytes, bytes.length);
    }

    private static BitSet flags(int n, double density, Random random) {
        BitSet flags = new BitSet();
        for (int i = 0; i < n; i++) {
            flags.set(i, random.nextDouble() < density);
        }
        return flags;
    }

    @Test
    void flagsComeBack() throws Exception {
        Random random = new Random(1);
        for (int n : new int[] {0, 1, 2, 9, 100, 20_000}) {
            for (double density : new double[] {0, 0.01, 0.5, 1}) {
                BitSet flags = flags(n, density, random);
                ByteCursor cursor = cursor(AdaptiveFlags.bytes(flags, n));
                assertThat(AdaptiveFlags.read(cursor, n)).isEqualTo(flags);
                cursor.finish();
            }
        }
    }

    @Test
    void runsAndPatternsOfFlagsTakeFewBytes() {
        BitSet all = new BitSet();
        all.set(0, 60_000);
        assertThat(AdaptiveFlags.length(all, 60_000)).isLessThan(8);
        assertThat(AdaptiveFlags.length(new BitSet(), 60_000)).isLessThan(8);
        BitSet second = new BitSet();
        for (int i = 0; i < 60_000; i += 2) {
            second.set(i);
        }
        assertThat(AdaptiveFlags.length(second, 60_000)).isLessThan(12);
        BitSet half = flags(8_000, 0.5, new Random(2));
        assertThat(AdaptiveFlags.length(half, 8_000)).isBetween(1_000, 1_120);
    }

    /** What a frame looks like to its readers: of each record its learnt item, or its group and the place in it. */
    private static String places(FrameRecords records) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < records.count(); i++) {
            int entry = records.entry(i);
            if (records.learnt(entry) >= 0) {
                text.append(records.learnt(entry)).append(' ');
            } else {
                int group = records.group(entry);
                text.append(group).append('/').append(records.slot(entry));
                text.append(records.stored(group)).append(records.side(group)).append(records.start(group));
                text.append('+').append(records.length(group)).append(' ');
            }
        }
        return text.toString();
    }

    private static FrameRecords random(Random random, boolean even) {
        FrameRecordsBuilder builder = new FrameRecordsBuilder();
        int learnt = random.nextInt(100);
        int grouped = 0;
        boolean dropping = random.nextBoolean();
        builder.grouped(true); // so that there is a record
        grouped++;
        for (int i = random.nextInt(200); i > 0; i--) {
            if (random.nextInt(3) == 0) {
                learnt += random.nextInt(10) == 0 ? random.nextInt(5) : 0;
                builder.learnt(learnt);
                learnt += random.nextInt(3) == 0 ? 0 : 1;
            } else {
                builder.grouped(!dropping || random.nextInt(4) > 0);
                grouped++;
            }
        }
        for (int left = grouped; left > 0; ) {
            int size = Math.min(left, even ? 16 : 1 + random.nextInt(64));
            builder.group(
                    size,
                    1 + random.nextInt(300),
                    random.nextInt(5) == 0,
                    random.nextInt(9) == 0,
                    random.nextInt(1000));
            left -= size;
        }
        return builder.build();
    }

    private static byte[] head(FrameRecords records, long payload) {
        ByteSink rest = new ByteSink().varint(7).varint(records.count()).number(records.flags(), 1);
        records.write(rest);
        return FrameHead.encode(FrameHead.RECORDS, 1, payload, 2, rest.toByteArray());
    }

    private static FrameRecords parsed(byte[] head) throws ArchiveException {
        FrameItems items = FrameItems.parse("test", 0, FrameHead.parse("test", 0, head));
        assertThat(items.first()).isEqualTo(7);
        return items.records();
    }

    private static long payload(FrameRecords records) {
        int last = records.groups() - 1;
        return records.start(last) + records.length(last);
    }

    @RepeatedTest(30)
    void headsComeBack(RepetitionInfo repetition) throws Exception {
        Random random = new Random(repetition.getCurrentRepetition());
        FrameRecords records = random(random, repetition.getCurrentRepetition() % 2 == 0);
        byte[] head = head(records, payload(records));
        FrameRecords back = parsed(head);
        assertThat(places(back)).isEqualTo(places(records));
        assertThat(back.entries()).isEqualTo(records.entries());
        assertThat(back.droppedInGroups()).isEqualTo(records.droppedInGroups());
        assertThat(head(back, payload(back))).isEqualTo(head);
        assertThatExceptionOfType(DamagedException.class).isThrownBy(() -> parsed(head(records, payload(records) + 1)));
    }

    @RepeatedTest(20)
    void wrongHeadsAreRefusedAsDamaged(RepetitionInfo repetition) throws Exception {
        Random random = new Random(100 + repetition.getCurrentRepetition());
        FrameRecords records = random(random, true);
        byte[] head = head(records, payload(records));
        for (int n = 0; n < 500; n++) {
            byte[] wrong = head.clone();
            int at = FrameHead.FIXED_BYTES + random.nextInt(head.length - FrameHead.LEAST_BYTES);
            wrong[at] ^= (byte) (1 + random.nextInt(255));
            byte[] sealed =
                    new ByteSink().bytes(wrong, 0, wrong.length - 4).checksum().toByteArray();
            try {
                FrameItems items = FrameItems.parse("test", 0, FrameHead.parse("test", 0, sealed));
                places(items.records()); // Another frame, but one.
            } catch (DamagedException e) {
                assertThat(e.reason()).isNotEmpty();
            }
        }
    }

    private static RecordGroup group(boolean stored, Random random) {
        int size = 1 + random.nextInt(RecordGroup.MOST_RECORDS);
        byte[][] sides = new byte[size][];
        int[][] values = new int[size][];
        for (int i = 0; i < size; i++) {
            sides[i] = new byte[random.nextInt(4) == 0 ? random.nextInt(20) : 0];
            random.nextBytes(sides[i]);
            values[i] = random.ints(random.nextInt(30), 0, 100).toArray();
        }
        return stored
                ? RecordGroup.stored(sides, values)
                : RecordGroup.coded(sides, 30, CheckedStream.encode(stack -> stack.push(1, 5, 10), 77));
    }

    @RepeatedTest(20)
    void groupsComeBackAndDamageIsFound(RepetitionInfo repetition) throws Exception {
        Random random = new Random(200 + repetition.getCurrentRepetition());
        boolean stored = repetition.getCurrentRepetition() % 2 == 0;
        RecordGroup group = group(stored, random);
        byte[] bytes = group.pack(100);
        RecordGroup back = RecordGroup.read(bytes, group.size(), group.hasSide(), stored, 30, 100);
        assertThat(back.sides()).isDeepEqualTo(group.sides());
        assertThat(back.stream()).isEqualTo(group.stream());
        assertThat(back.values()).isEqualTo(group.values());
        for (int n = 0; n < 200; n++) {
            byte[] wrong = bytes.clone();
            wrong[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            try {
                RecordGroup.read(wrong, group.size(), group.hasSide(), stored, 30, 100);
                assertThat(stored)
                        .as("a stored group whose damage is not found")
                        .isFalse();
            } catch (DamagedException e) {
                assertThat(e.reason()).isNotEmpty();
            }
        }
    }

    @Test
    void groupsOfManyRecordsOrNoneAreRefused() {
        assertThatThrownBy(() ->
                        RecordGroup.coded(new byte[65][0], 1, new byte[] {1}).pack(2))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() ->
                        RecordGroup.coded(new byte[0][0], 1, new byte[] {1}).pack(2))
                .isInstanceOf(IllegalArgumentException.class);
        FrameRecordsBuilder builder = new FrameRecordsBuilder();
        builder.learnt(5);
        assertThatThrownBy(() -> builder.learnt(3)).isInstanceOf(IllegalArgumentException.class);
        builder.grouped(true);
        assertThatThrownBy(builder::build).isInstanceOf(IllegalStateException.class);
    }
}

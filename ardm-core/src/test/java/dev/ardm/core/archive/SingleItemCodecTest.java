package dev.ardm.core.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ardm.coding.error.ArchiveException;
import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.error.NewerVersionException;
import dev.ardm.coding.error.WrongModelException;
import dev.ardm.coding.format.ArchiveFormat;
import dev.ardm.coding.format.ItemLayout;
import dev.ardm.core.Item;
import dev.ardm.core.Space;
import dev.ardm.core.TinyModels;
import dev.ardm.core.counts.CountsModel;
import dev.ardm.core.counts.pixel.PixelCountsModel;
import dev.ardm.core.counts.row.RowCountsModel;
import dev.ardm.core.masking.MaskingModel;
import dev.ardm.core.masking.plan.Schedule;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.Plan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SingleItemCodecTest {
    private static final Space BYTES = Space.of(new int[] {48}, 256, Space.Scale.NOMINAL);
    private static final Space ROW = Space.of(new int[] {4}, new int[] {3, 9, 200, 5}, Space.Scale.NOMINAL);
    private static final Space IMAGE = Space.image(4, 4, 1, 3);

    /** A model, a layout, and items that it knows and others. */
    enum Kind {
        LINES(ItemLayout.RECORDS) {
            @Override
            LikelihoodModel model(int seed) {
                return CountsModel.learn(BYTES, "", values(seed)).open(2);
            }

            @Override
            List<int[]> values(int seed) {
                Random random = new Random(seed);
                return IntStream.range(0, 200)
                        .mapToObj(k -> ("GET /item/" + random.nextInt(500) + (seed % 2 == 0 ? " 200" : " not found"))
                                .chars()
                                .toArray())
                        .toList();
            }

            @Override
            List<Item> others() {
                return List.of(
                        Item.of(new int[0]),
                        new Item("", new int[0], new byte[] {1, 2}),
                        new Item("", "GET /item/1".chars().toArray(), new byte[300]),
                        Item.of(new Random(3).ints(2000, 0, 256).toArray()));
            }
        },
        ROWS(ItemLayout.ROWS) {
            @Override
            LikelihoodModel model(int seed) {
                return RowCountsModel.learn(ROW, "", values(seed)).open(2);
            }

            @Override
            List<int[]> values(int seed) {
                Random random = new Random(seed);
                return IntStream.range(0, 300)
                        .mapToObj(k -> {
                            int one = random.nextInt(3);
                            return new int[] {one, 3 * one + random.nextInt(3), 60 * one + seed, 1};
                        })
                        .toList();
            }

            @Override
            List<Item> others() {
                return List.of(
                        new Item("", new int[] {2, 0, 199, 4}, new byte[] {9}),
                        new Item("", new int[] {2, 0, 199, 4}, new byte[200]).of("", new byte[] {'x', ',', 'y'}),
                        Item.whole("", "a,b,c,d,e".getBytes(StandardCharsets.UTF_8)));
            }
        },
        IMAGES(ItemLayout.VALUES) {
            @Override
            LikelihoodModel model(int seed) {
                return TinyModels.random(IMAGE, seed).open(2);
            }

            @Override
            List<int[]> values(int seed) {
                return TinyModels.items(IMAGE, 12, seed);
            }

            @Override
            List<Item> others() {
                return List.of(Item.of(new int[16]));
            }
        },
        PIXELS(ItemLayout.VALUE_RECORDS) {
            @Override
            LikelihoodModel model(int seed) {
                return PixelCountsModel.learn(Space.image(6, 6, 1, 256), "", values(seed))
                        .open(2);
            }

            @Override
            List<int[]> values(int seed) {
                Random random = new Random(seed);
                return IntStream.range(0, 30)
                        .mapToObj(k -> {
                            int base = random.nextInt(200);
                            return IntStream.range(0, 36).map(p -> base + p % 6).toArray();
                        })
                        .toList();
            }

            @Override
            List<Item> others() {
                return List.of(Item.of(new Random(3).ints(36, 0, 256).toArray()));
            }
        };

        final ItemLayout layout;
        private SingleItemCodec codec;

        Kind(ItemLayout layout) {
            this.layout = layout;
        }

        abstract LikelihoodModel model(int seed);

        abstract List<int[]> values(int seed);

        abstract List<Item> others();

        synchronized SingleItemCodec codec() {
            if (codec == null) {
                codec = codec(1);
            }
            return codec;
        }

        SingleItemCodec codec(int seed) {
            LikelihoodModel model = model(seed);
            return new SingleItemCodec(model, model.plan(2), layout);
        }

        List<Item> items() {
            List<Item> items = new ArrayList<>(others());
            values(1).stream().limit(20).map(Item::of).forEach(items::add);
            values(4).stream().limit(20).map(Item::of).forEach(items::add);
            return items;
        }
    }

    private static void assertSame(Item got, Item item) throws IOException {
        if (got.isWhole()) {
            assertThat(got.source().bytes()).isEqualTo(item.source().bytes());
            return;
        }
        assertThat(got.values()).isEqualTo(item.values());
        assertThat(got.side()).isEqualTo(item.side());
        assertThat(got.shape()).isEqualTo(item.shape());
    }

    @ParameterizedTest
    @EnumSource
    void everyItemComesBack(Kind kind) throws IOException {
        for (Item item : kind.items()) {
            assertSame(kind.codec().decode(kind.codec().encode(item)), item);
        }
    }

    @ParameterizedTest
    @EnumSource
    void neverMuchLongerThanTheValues(Kind kind) throws IOException {
        Space space = kind.model(1).space();
        for (Item item : kind.items()) {
            double bits = 0;
            for (int i = 0; i < item.values().length; i++) {
                bits += Integer.SIZE - Integer.numberOfLeadingZeros(space.categories(i % space.dimensions()) - 1);
            }
            long raw = (long) Math.ceil(bits / 8) + item.side().length;
            if (item.source() != null) {
                raw = item.isWhole()
                        ? item.source().length()
                        : Math.min(raw, item.source().length());
            }
            assertThat((long) kind.codec().encode(item).length).isLessThanOrEqualTo(raw + 11);
        }
    }

    @ParameterizedTest
    @EnumSource
    void oneCodecServesManyThreads(Kind kind) throws IOException {
        List<Item> items = kind.items();
        List<byte[]> alone = new ArrayList<>();
        for (Item item : items) {
            alone.add(kind.codec().encode(item));
        }
        IntStream.range(0, 4 * items.size()).parallel().forEach(k -> {
            try {
                byte[] bytes = kind.codec().encode(items.get(k % items.size()));
                assertThat(bytes).isEqualTo(alone.get(k % items.size()));
                assertSame(kind.codec().decode(bytes), items.get(k % items.size()));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void anotherModelIsRefused(Kind kind) throws IOException {
        SingleItemCodec other = kind.codec(2);
        for (Item item : kind.items()) {
            byte[] bytes = kind.codec().encode(item);
            assertThatThrownBy(() -> other.decode(bytes))
                    .isInstanceOf(WrongModelException.class)
                    .hasMessageStartingWith("the record: wrong model");
        }
    }

    @ParameterizedTest
    @EnumSource
    void damageIsRefused(Kind kind) throws IOException {
        for (Item item : kind.items().subList(0, 8)) {
            byte[] bytes = kind.codec().encode(item);
            for (int length = 0; length < Math.min(bytes.length, 100); length++) {
                byte[] cut = Arrays.copyOf(bytes, length);
                assertThatThrownBy(() -> kind.codec().decode(cut)).isInstanceOf(ArchiveException.class);
            }
            for (int bit = 0; bit < 8 * Math.min(bytes.length, 100); bit++) {
                byte[] flipped = bytes.clone();
                flipped[bit / 8] ^= 1 << bit % 8;
                assertThatThrownBy(() -> kind.codec().decode(flipped))
                        .as("bit %d", bit)
                        .isInstanceOf(bit / 8 == 1 ? WrongModelException.class : DamagedException.class);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void anyBytesGiveAnItemOrAnErrorOfThatKind(Kind kind) throws IOException {
        Random random = new Random(5);
        byte[] good = kind.codec().encode(kind.items().get(0));
        int refused = 0;
        for (int k = 0; k < 3000; k++) {
            byte[] bytes = new byte[random.nextInt(30)];
            random.nextBytes(bytes);
            if (bytes.length > 2) {
                bytes[1] = good[1];
            }
            try {
                kind.codec().decode(bytes);
            } catch (DamagedException | WrongModelException | NewerVersionException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(2900);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsOutsideTheSpaceIsRefused(Kind kind) {
        int[] values = kind.values(1).get(0).clone();
        values[0] = 1000;
        assertThatThrownBy(() -> kind.codec().encode(Item.of(values))).isInstanceOf(IllegalArgumentException.class);
    }

    /** Schedules are measured, and may be measured again; bytes that were coded by older ones stay readable. */
    @Test
    void bytesOfOtherPlansOfTheModelComeBack() throws IOException {
        MaskingModel model = TinyModels.random(IMAGE, 1);
        LikelihoodModel before = model.open(1);
        LikelihoodModel after = model.withSchedules(Map.of(3, Schedule.of(new int[] {0, 1, 9}, 16)))
                .open(1);
        Plan planned = after.plan(3);
        assertThat(planned.toBytes()).isNotEqualTo(before.plan(3).toBytes());
        SingleItemCodec one = new SingleItemCodec(before, before.plan(3), ItemLayout.VALUES);
        SingleItemCodec other = new SingleItemCodec(after, planned, ItemLayout.VALUES);
        for (int[] values : before.sample(10, before.plan(3), 1, LikelihoodModel.NO_PROGRESS)) {
            assertThat(other.decode(one.encode(Item.of(values))).values()).isEqualTo(values);
            assertThat(one.decode(other.encode(Item.of(values))).values()).isEqualTo(values);
        }
    }

    /** Lines of a few bytes each: what a record costs alone, beside what its symbols cost. */
    @Test
    void aKnownLineTakesFewBytes() throws IOException {
        double total = 0;
        List<int[]> lines = Kind.LINES.values(4).stream().limit(100).toList();
        for (int[] line : lines) {
            total += Kind.LINES.codec(4).encode(Item.of(line)).length;
        }
        assertThat(total / lines.size()).isBetween(4.0, 8.0);
    }

    @Test
    void aFileLongerThanAnItemCanBeIsRefused() {
        Item item =
                new Item("", new int[0], new byte[0]).of("", ArchiveFormat.MAX_STREAM_BYTES + 1L, () -> new byte[0]);
        assertThatThrownBy(() -> Kind.ROWS.codec().encode(item)).isInstanceOf(IllegalArgumentException.class);
    }
}

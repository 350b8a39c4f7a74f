package dev.ardm.core.masking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.ardm.coding.AnsStack;
import dev.ardm.coding.CheckedStream;
import dev.ardm.coding.format.ArchivedItem;
import dev.ardm.coding.format.ItemLayout;
import dev.ardm.core.Item;
import dev.ardm.core.RandomStream;
import dev.ardm.core.RandomStream.Purpose;
import dev.ardm.core.Space;
import dev.ardm.core.Space.Scale;
import dev.ardm.core.masking.call.Call;
import dev.ardm.core.masking.call.FixedPolicy;
import dev.ardm.core.masking.output.Digits;
import dev.ardm.core.masking.output.LogisticMixture;
import dev.ardm.core.masking.output.OutputDistribution;
import dev.ardm.core.masking.plan.MaskingPlan;
import dev.ardm.core.masking.process.Autoregressive;
import dev.ardm.core.masking.process.Given;
import dev.ardm.core.masking.process.OrderAgnostic;
import dev.ardm.core.masking.process.Process;
import dev.ardm.core.masking.process.Upscale;
import dev.ardm.core.masking.window.ImageTiling;
import dev.ardm.core.network.TransformerConfig;
import dev.ardm.core.network.UNetConfig;
import dev.ardm.exact.Kernels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Images of any size through a model of small ones and back, to the bit. */
class TiledCoderTest {
    private static final int H = 6;
    private static final int W = 5;
    private static final int C = 2;
    private static final int[] CONTEXTS = {0, 2, 4};
    private static final UNetConfig UNET =
            new UNetConfig(List.of(8, 8), List.of(1, 1), List.of(1), List.of(false, true), 2, 4, 4, 8, 8, 0);

    /** Height, width, layers: smaller, just below and above a window, and up to three windows each way. */
    private static final int[][] SIZES = {
        {1, 1, 1},
        {H, W, 1},
        {H - 1, W + 1, 2},
        {H + 1, W - 1, 3},
        {1, 3 * W, 1},
        {13, 11, 2},
        {3 * H, 3 * W, 1},
        {2, 2, 3}
    };

    private static MaskingDefinition definition(Process process, OutputDistribution output) {
        return new MaskingDefinition(process, output, UNET, "");
    }

    static Stream<MaskingDefinition> models() {
        Process grey = new OrderAgnostic(Space.image(H, W, 1, 16));
        Process values = new OrderAgnostic(Space.image(H, W, C, 16));
        Process pixels = new OrderAgnostic(Space.image(H, W, C, 256), C, Given.NOTHING);
        Process digits = new Upscale(Space.image(H, W, C, 16), 4, Given.NOTHING);
        return Stream.of(
                definition(grey, OutputDistribution.of(grey)),
                definition(values, OutputDistribution.of(values)),
                definition(pixels, new LogisticMixture(2, C)),
                definition(digits, new Digits(2, 4)));
    }

    private static TiledCoder coder(MaskingDefinition definition, int threads, int calls, int context) {
        ArdmModel model = new ArdmModel(WindowedCoderTest.model(definition), threads);
        return (TiledCoder) model.coder(model.plan(calls), ItemLayout.images(context, 1));
    }

    private static Item image(Space space, int height, int width, int layers) {
        RandomStream random = RandomStream.of(6, Purpose.TEST, 100L * height + width);
        int[] values = new int[height * width * layers * space.extent(2)];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextInt(space.maxCategories());
        }
        return new Item("", OptionalLong.empty(), new int[] {height, width, layers}, values, new byte[0]);
    }

    private static List<Item> images(Space space) {
        List<Item> images = new ArrayList<>();
        for (int[] size : SIZES) {
            images.add(image(space, size[0], size[1], size[2]));
        }
        return images;
    }

    private static List<byte[]> extras(int count) {
        List<byte[]> extras = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            extras.add(i % 3 == 2 ? new byte[] {(byte) i, -1} : new byte[0]);
        }
        return extras;
    }

    private static Item with(Item image, byte[] side) {
        return new Item("", OptionalLong.empty(), image.shape(), image.values(), side);
    }

    private static List<Item> with(List<Item> images, List<byte[]> sides) {
        List<Item> all = new ArrayList<>();
        for (int i = 0; i < images.size(); i++) {
            all.add(with(images.get(i), sides.get(i)));
        }
        return all;
    }

    private static ArchivedItem coded(Item image, byte[] extra, byte[] stream) {
        return ArchivedItem.coded(extra, image.shape(), image.values().length, stream);
    }

    private static void assertRestored(TiledCoder coder, List<Item> images, List<byte[]> extras, List<byte[]> streams) {
        List<ArchivedItem> coded = new ArrayList<>();
        for (int i = 0; i < images.size(); i++) {
            coded.add(coded(images.get(i), extras.get(i), streams.get(i)));
        }
        List<Optional<int[]>> back = coder.decode(coded, ArdmModel.NO_PROGRESS);
        assertThat(back).hasSameSizeAs(images);
        for (int i = 0; i < images.size(); i++) {
            Item image = images.get(i);
            assertThat(back.get(i)).as(Arrays.toString(image.shape())).isPresent();
            assertThat(back.get(i).orElseThrow())
                    .as(Arrays.toString(image.shape()))
                    .isEqualTo(image.values());
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void imagesOfAnySizeComeBack(MaskingDefinition definition) {
        List<Item> images = images(definition.space());
        List<byte[]> extras = extras(images.size());
        for (int context : CONTEXTS) {
            TiledCoder coder = coder(definition, 2, 3 + context, context);
            assertRestored(coder, images, extras, coder.encode(with(images, extras), ArdmModel.NO_PROGRESS));
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void bytesDependOnNeitherThreadsNorKernelsNorCompany(MaskingDefinition definition) {
        List<Item> images = images(definition.space());
        List<byte[]> extras = extras(images.size());
        List<byte[]> streams = coder(definition, 3, 5, 2).encode(with(images, extras), ArdmModel.NO_PROGRESS);
        ArdmModel other = new ArdmModel(WindowedCoderTest.model(definition), 1, Kernels.reference());
        TiledCoder reference = (TiledCoder) other.coder(other.plan(5), ItemLayout.images(2, 1));
        for (int i : new int[] {0, 2, 5}) {
            List<Item> one = List.of(images.get(i));
            List<byte[]> extra = List.of(extras.get(i));
            assertThat(reference.encode(with(one, extra), ArdmModel.NO_PROGRESS))
                    .containsExactly(streams.get(i));
            assertRestored(reference, one, extra, List.of(streams.get(i)));
            // One image has all three threads.
            assertRestored(coder(definition, 3, 5, 2), one, extra, List.of(streams.get(i)));
        }
    }

    /** An image of one window is an item: its stream has the same symbols, above another check. */
    @ParameterizedTest
    @MethodSource("models")
    void aWholeWindowIsAnItem(MaskingDefinition definition) throws Exception {
        ArdmModel model = new ArdmModel(WindowedCoderTest.model(definition), 1);
        MaskingPlan plan = model.plan(4);
        Item image = image(definition.space(), H, W, 1);
        byte[] extra = {7};
        byte[] stream = model.coder(plan, ItemLayout.images(2, 0))
                .encode(List.of(with(image, extra)), ArdmModel.NO_PROGRESS)
                .get(0);
        AnsStack stack = CheckedStream.open(stream, 0, stream.length);
        int[] item = new int[image.values().length];
        try (Generation generation = model.evaluator().generation(1)) {
            Walk walk = generation.walk(item, FixedPolicy.of(model.process(), plan));
            while (walk.more()) {
                walk.advance((distribution, symbol) -> stack.pop(distribution));
            }
        }
        assertThat(item).isEqualTo(image.values());
        CheckedStream.close(stack, CheckedStream.checkOf(extra, new int[] {H, W, 1}, item));
    }

    /**
     * The order of the symbols, written out once more: wave by wave, call by call, window by window; each window by itself.
     */
    @Test
    void symbolsLieCallByCall() throws Exception {
        MaskingDefinition definition = models().toList().get(2);
        ArdmModel model = new ArdmModel(WindowedCoderTest.model(definition), 1);
        Process process = model.process();
        MaskingPlan plan = model.plan(4);
        Item image = image(definition.space(), H + 2, W + 3, 1);
        byte[] stream = model.coder(plan, ItemLayout.images(1, 0))
                .encode(List.of(with(image, new byte[0])), ArdmModel.NO_PROGRESS)
                .get(0);
        AnsStack stack = CheckedStream.open(stream, 0, stream.length);
        int[] decoded = new int[image.values().length];
        BitSet done = new BitSet();
        int[][][] waves = {{{0, 0}}, {{0, 3}, {2, 0}}, {{2, 3}}};
        try (Generation generation = model.evaluator().generation(1)) {
            for (int[][] wave : waves) {
                List<int[]> items = new ArrayList<>();
                List<FixedPolicy> policies = new ArrayList<>();
                for (int[] corner : wave) {
                    int[] item = new int[H * W * C];
                    boolean[] known = new boolean[H * W];
                    for (int p = 0; p < H * W; p++) {
                        int at = (corner[0] + p / W) * image.shape()[1] + corner[1] + p % W;
                        known[p] = done.get(at);
                        for (int c = 0; c < C && known[p]; c++) {
                            item[p * C + c] = decoded[at * C + c];
                        }
                    }
                    int units = H * W
                            - (int) Stream.of(known)
                                    .mapToLong(TiledCoderTest::count)
                                    .sum();
                    items.add(item);
                    policies.add(FixedPolicy.of(process, plan, plan.order(process), known, units));
                }
                for (int call = 0; call < 4; call++) {
                    for (int n = 0; n < wave.length; n++) {
                        FixedPolicy policy = policies.get(n);
                        int[] item = items.get(n);
                        int[] corner = wave[n];
                        if (call < policy.calls()) {
                            Call evaluated = generation.call(item, policy, call);
                            evaluated.code(item, (distribution, symbol) -> stack.pop(distribution));
                            for (int unit : evaluated.units()) {
                                int at = (corner[0] + unit / W) * image.shape()[1] + corner[1] + unit % W;
                                assertThat(done.get(at)).isFalse();
                                done.set(at);
                                System.arraycopy(item, unit * C, decoded, at * C, C);
                            }
                        }
                    }
                }
            }
        }
        assertThat(decoded).isEqualTo(image.values());
        CheckedStream.close(stack, CheckedStream.checkOf(new byte[0], new int[] {H + 2, W + 3, 1}, decoded));
    }

    private static long count(boolean[] flags) {
        long count = 0;
        for (boolean flag : flags) {
            count += flag ? 1 : 0;
        }
        return count;
    }

    @ParameterizedTest
    @MethodSource("models")
    void codedLengthIsTheInformationContent(MaskingDefinition definition) {
        List<Item> images = images(definition.space());
        TiledCoder coder = coder(definition, 2, 4, 2);
        List<byte[]> streams = coder.encode(with(images, extras(images.size())), ArdmModel.NO_PROGRESS);
        List<double[]> bits = coder.unitBits(images, ArdmModel.NO_PROGRESS);
        for (int i = 0; i < images.size(); i++) {
            assertThat(bits.get(i))
                    .hasSize(
                            images.get(i).values().length / definition.process().unitSize());
            double sum = Arrays.stream(bits.get(i)).sum();
            assertThat(Arrays.stream(bits.get(i)).min().orElseThrow()).isPositive();
            assertThat(8.0 * streams.get(i).length).isBetween(sum, 1.002 * sum + 17);
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void damageIsFound(MaskingDefinition definition) {
        TiledCoder coder = coder(definition, 2, 2, 2);
        Item image = image(definition.space(), 7, 8, 1);
        byte[] extra = {1, 2, 3};
        byte[] stream =
                coder.encode(List.of(with(image, extra)), ArdmModel.NO_PROGRESS).get(0);
        List<ArchivedItem> damaged = new ArrayList<>();
        for (int bit = 0; bit < 8 * stream.length; bit += 7) {
            byte[] changed = stream.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            damaged.add(coded(image, extra, changed));
        }
        for (int length = 0; length < stream.length; length += 3) {
            damaged.add(coded(image, extra, Arrays.copyOf(stream, length)));
        }
        for (int[] size : new int[][] {{8, 7, 1}, {56, 1, 1}, {7, 4, 2}, {7, 8, 2}, {7, 9, 1}, {6, 8, 1}}) {
            damaged.add(ArchivedItem.coded(extra, new int[] {size[0], size[1], size[2]}, 0, stream));
        }
        damaged.add(coded(image, new byte[] {1, 2, 4}, stream));
        long accepted = coder.decode(damaged, ArdmModel.NO_PROGRESS).stream()
                .filter(Optional::isPresent)
                .count();
        assertThat(accepted).isLessThanOrEqualTo(2); // the check has at least 7 bits, most often 10
    }

    /** No memory is taken, and no time spent, for a size that is only claimed. */
    @Test
    void aClaimedSizeIsNotBelieved() {
        MaskingDefinition definition = models().toList().get(2);
        TiledCoder coder = coder(definition, 1, 2, 2);
        Item image = image(definition.space(), 9, 9, 1);
        byte[] stream = coder.encode(List.of(with(image, extras(1).get(0))), ArdmModel.NO_PROGRESS)
                .get(0);
        int most = Integer.MAX_VALUE;
        for (int[] size : new int[][] {
            {1 << 14, 1 << 14, 1},
            {1 << 28, 1, 1},
            {1, 1 << 28, 1},
            {1, 1, 1 << 28},
            {most, most, most},
            {most, 1, 1},
            {1 << 16, 1 << 16, 1 << 16},
            {1 << 16, 1 << 16, 1 << 31},
            {0, 5, 1},
            {5, -1, 1},
            {-1, -1, 1}
        }) {
            List<Integer> windows = new ArrayList<>();
            ArchivedItem claim = ArchivedItem.coded(new byte[0], new int[] {size[0], size[1], size[2]}, 0, stream);
            assertThat(coder.decode(List.of(claim), windows::add)).containsExactly(Optional.empty());
            assertThat(windows).hasSizeLessThan(200);
        }
    }

    /** Every pixel is generated once, and what a window sees of others was generated in an earlier wave. */
    @Test
    void windowsCoverAnImageOnceAndFollowEachOther() {
        for (int context : new int[] {0, 1, 2, 4}) {
            for (int height = 1; height < 3 * H; height += 2) {
                for (int width = 1; width < 4 * W; width++) {
                    ImageTiling tiling = ImageTiling.of(height, width, H, W, context);
                    int[] waveOf = new int[height * width];
                    Arrays.fill(waveOf, Integer.MAX_VALUE);
                    long windows = 0;
                    for (int wave = 0; wave < tiling.waves(); wave++) {
                        List<int[]> generated = new ArrayList<>();
                        for (ImageTiling.Tile tile : tiling.wave(wave)) {
                            windows++;
                            boolean[] known = tile.kind().known(H, W, 1);
                            assertThat(known.length - count(known))
                                    .isEqualTo(tile.generated())
                                    .isPositive();
                            for (int p = 0; p < H * W; p++) {
                                int y = tile.y().start() + p / W;
                                int x = tile.x().start() + p % W;
                                if (y >= height || x >= width) {
                                    assertThat(known[p]).isTrue();
                                } else if (known[p]) {
                                    assertThat(waveOf[y * width + x]).isLessThan(wave);
                                } else {
                                    assertThat(waveOf[y * width + x]).isEqualTo(Integer.MAX_VALUE);
                                    assertThat(tiling.rows().owner(y)).isEqualTo(tile.row());
                                    assertThat(tiling.columns().owner(x)).isEqualTo(tile.column());
                                    generated.add(new int[] {y * width + x});
                                }
                            }
                        }
                        for (int[] pixel : generated) {
                            assertThat(waveOf[pixel[0]]).isEqualTo(Integer.MAX_VALUE);
                            waveOf[pixel[0]] = wave;
                        }
                    }
                    assertThat(waveOf).doesNotContain(Integer.MAX_VALUE);
                    assertThat(windows).isEqualTo(tiling.windows());
                }
            }
        }
    }

    @Test
    void progressCountsWindows() {
        MaskingDefinition definition = models().toList().get(0);
        TiledCoder coder = coder(definition, 1, 2, 2);
        List<Item> images = images(definition.space());
        int windows = images.stream()
                .mapToInt(image -> (int) coder.windows(image.values().length, image.shape()))
                .sum();
        List<Integer> heard = new ArrayList<>();
        List<byte[]> streams = coder.encode(with(images, extras(images.size())), heard::add);
        assertThat(heard).hasSize(windows).endsWith(windows);
        heard.clear();
        List<ArchivedItem> coded = new ArrayList<>();
        for (int i = 0; i < images.size(); i++) {
            coded.add(coded(images.get(i), extras(images.size()).get(i), streams.get(i)));
        }
        coder.decode(coded, heard::add);
        assertThat(heard).hasSize(windows).endsWith(windows);
    }

    @Test
    void whatCannotBeIsRefused() {
        MaskingDefinition definition = models().toList().get(0);
        ArdmModel model = new ArdmModel(WindowedCoderTest.model(definition), 1);
        MaskingPlan plan = model.plan(2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.coder(plan, ItemLayout.images(W, 0)))
                .withMessageContaining("[0, 5)");
        assertThatIllegalArgumentException().isThrownBy(() -> model.coder(plan, ItemLayout.images(-1, 0)));
        assertThatIllegalArgumentException().isThrownBy(() -> model.coder(plan, ItemLayout.images(0, 16)));
        TiledCoder coder = (TiledCoder) model.coder(plan, ItemLayout.images(1, 0));
        for (Item wrong : List.of(
                new Item("", OptionalLong.empty(), new int[] {2, 2, 1}, new int[5], new byte[0]),
                new Item("", OptionalLong.empty(), new int[] {0, 2, 1}, new int[0], new byte[0]),
                new Item("", OptionalLong.empty(), new int[] {2, 2, 1}, new int[] {0, 1, 16, 0}, new byte[0]),
                new Item("", OptionalLong.empty(), new int[] {1 << 20, 1 << 20, 1}, new int[0], new byte[0]))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> coder.encode(List.of(with(wrong, extras(1).get(0))), ArdmModel.NO_PROGRESS));
        }
        Space letters = Space.of(new int[] {12}, 5, Scale.NOMINAL);
        TransformerConfig transformer = new TransformerConfig(1, 12, 3, 20, 0, 0);
        Process sequence = new OrderAgnostic(letters);
        ArdmModel sequences = new ArdmModel(
                WindowedCoderTest.model(
                        new MaskingDefinition(sequence, OutputDistribution.of(sequence), transformer, "")),
                1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sequences.coder(sequences.plan(2), ItemLayout.images(0, 0)))
                .withMessageContaining("model of images");
        Process next = new Autoregressive(Space.image(2, 2, 1, 4), false);
        ArdmModel causal = new ArdmModel(
                WindowedCoderTest.model(new MaskingDefinition(next, OutputDistribution.of(next), transformer, "")), 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> causal.coder(causal.plan(2), ItemLayout.images(0, 0)))
                .withMessageContaining("autoregressive");
    }
}

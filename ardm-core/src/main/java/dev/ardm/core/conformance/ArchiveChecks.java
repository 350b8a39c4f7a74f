package dev.ardm.core.conformance;

import dev.ardm.coding.CheckedStream;
import dev.ardm.coding.Codec;
import dev.ardm.coding.internal.read.ArchiveReader;
import dev.ardm.core.RandomStream;
import dev.ardm.core.RandomStream.Purpose;
import dev.ardm.core.Space;
import dev.ardm.core.masking.MaskingModel;
import dev.ardm.core.masking.plan.MaskingPlan;
import dev.ardm.core.model.ArithmeticVersions;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.Plan;
import dev.ardm.exact.Kernels;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/** Archives of a model: what items become, and what the golden archive becomes. */
final class ArchiveChecks {
    private static final long SEED = 2037;

    /** Network calls of an item that is encoded. */
    private static final int CALLS = 5;

    private final String name;
    private final MaskingModel model;
    private final Kernels kernels;
    private final Sizes sizes;

    ArchiveChecks(String name, MaskingModel model, Kernels kernels, Sizes sizes) {
        this.name = name;
        this.model = model;
        this.kernels = kernels;
        this.sizes = sizes;
    }

    private LikelihoodModel on(int threads) {
        return model.open(threads, kernels);
    }

    private int manyThreads() {
        return sizes.threads()[sizes.threads().length - 1];
    }

    private static String hash(byte[] stream) {
        return new Hash().add(stream).text().substring(0, Golden.SHORT);
    }

    private static String hash(int[] item) {
        return new Hash().add(item).text().substring(0, Golden.SHORT);
    }

    private static String hash(Optional<int[]> item) {
        return item.map(ArchiveChecks::hash).orElse("did not decode");
    }

    /** Random items, encoded in a random order, if the model has one, with all calls in parallel. */
    private List<int[]> items() {
        Space space = model.space();
        List<int[]> items = new ArrayList<>();
        for (int n = 0; n < sizes.encoded(); n++) {
            RandomStream random = RandomStream.of(SEED, Purpose.TEST, n);
            int[] item = new int[space.dimensions()];
            for (int i = 0; i < item.length; i++) {
                item[i] = random.nextInt(space.categories(i));
            }
            items.add(item);
        }
        return items;
    }

    private Plan plan() {
        return model.process().naturalOrder() ? on(1).plan(CALLS) : MaskingPlan.random(SEED, model.schedule(CALLS));
    }

    /** The hash of each encoded item's stream. */
    List<String> encoded() {
        return on(1).encode(items(), plan(), LikelihoodModel.NO_PROGRESS).stream()
                .map(ArchiveChecks::hash)
                .toList();
    }

    /** Encodes the same in other ways, and decodes it. */
    void otherWays(List<String> expected, Consumer<Check> sink) {
        List<int[]> items = items();
        Codec<int[]> codec = on(1).codec(plan());
        List<String> steps = new ArrayList<>();
        for (int[] item : items) {
            steps.add(hash(CheckedStream.encode(codec, item, CheckedStream.checkOf(item))));
        }
        sink.accept(Lists.check(name + ": items encoded step by step", expected, steps));
        List<byte[]> streams = on(manyThreads()).encode(items, plan(), LikelihoodModel.NO_PROGRESS);
        sink.accept(Lists.check(
                name + ": items encoded, threads " + manyThreads(),
                expected,
                streams.stream().map(ArchiveChecks::hash).toList()));
        sink.accept(Lists.check(
                name + ": items decoded",
                items.stream().map(ArchiveChecks::hash).toList(),
                on(2).decode(streams, plan(), LikelihoodModel.NO_PROGRESS).stream()
                        .map(ArchiveChecks::hash)
                        .toList()));
    }

    /**
     * Reads the first items of the golden archive.
     *
     * @throws IOException if it is damaged, or of another model
     */
    Archive open(Path file) throws IOException {
        try (ArchiveReader reader = ArchiveReader.open(file)) {
            reader.header().requireModel(model.id());
            reader.header().requireArithmetic(ArithmeticVersions.NEWEST);
            List<byte[]> streams = new ArrayList<>();
            for (int k = 0; k < Math.min(reader.size(), sizes.archived()); k++) {
                streams.add(Objects.requireNonNull(reader.item(k).stream()));
            }
            Plan plan = MaskingPlan.fromBytes(reader.header().plan(), model.process());
            return new Archive(streams, plan, reader.size());
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    /** The first items of an archive. */
    final class Archive {
        private final List<byte[]> streams;
        private final Plan plan;
        private final String which;

        Archive(List<byte[]> streams, Plan plan, int size) {
            this.streams = streams;
            this.plan = plan;
            this.which = streams.size() + " of " + size + " items of the golden archive";
        }

        int size() {
            return streams.size();
        }

        /** The hash of each item. */
        List<String> hashes() {
            return on(2).decode(streams, plan, LikelihoodModel.NO_PROGRESS).stream()
                    .map(ArchiveChecks::hash)
                    .toList();
        }

        /**
         * Decodes them all at once, some of them alone, and encodes them again.
         *
         * @param threads of the first check, which takes longest
         */
        void check(List<String> expected, int threads, Consumer<Check> sink) {
            List<Optional<int[]>> items = on(threads).decode(streams, plan, LikelihoodModel.NO_PROGRESS);
            sink.accept(Lists.check(
                    name + ": " + which,
                    expected,
                    items.stream().map(ArchiveChecks::hash).toList()));
            if (sizes.again() > 0) {
                checkAgain(expected, items, threads, sink);
            }
        }

        private void checkAgain(List<String> expected, List<Optional<int[]>> items, int threads, Consumer<Check> sink) {
            int again = Math.min(sizes.again(), streams.size());
            int[] order = RandomStream.of(SEED, Purpose.TEST, -1).permutation(streams.size());
            String[] alone = expected.toArray(String[]::new);
            for (int k : Arrays.copyOf(order, again)) {
                alone[k] = hash(on(manyThreads())
                        .decode(List.of(streams.get(k)), plan, LikelihoodModel.NO_PROGRESS)
                        .get(0));
            }
            sink.accept(Lists.check(
                    name + ": " + again + " of them alone, in random order, threads " + manyThreads(),
                    expected,
                    List.of(alone)));
            List<int[]> good = new ArrayList<>();
            items.forEach(item -> item.ifPresent(good::add));
            List<byte[]> encoded = on(threads).encode(good, plan, LikelihoodModel.NO_PROGRESS);
            sink.accept(Lists.check(
                    name + ": " + which + " encoded again",
                    streams.stream().map(ArchiveChecks::hash).toList(),
                    encoded.stream().map(ArchiveChecks::hash).toList()));
        }
    }
}

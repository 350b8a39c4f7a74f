package dev.ardm.core.frequencies;

import dev.ardm.coding.CheckedStream;
import dev.ardm.coding.Codec;
import dev.ardm.coding.Codecs;
import dev.ardm.coding.Distribution;
import dev.ardm.coding.TableDistribution;
import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.format.ArchivedItem;
import dev.ardm.coding.format.ItemLayout;
import dev.ardm.core.Item;
import dev.ardm.core.PartialItem;
import dev.ardm.core.RandomStream;
import dev.ardm.core.RandomStream.Purpose;
import dev.ardm.core.Space;
import dev.ardm.core.model.Condition;
import dev.ardm.core.model.Estimate;
import dev.ardm.core.model.Estimator;
import dev.ardm.core.model.ItemCoder;
import dev.ardm.core.model.ItemGenerator;
import dev.ardm.core.model.ItemScorer;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.Model;
import dev.ardm.core.model.Plan;
import dev.ardm.core.model.Verb;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.function.LongFunction;
import java.util.stream.IntStream;

/** Codes, samples, fills and scores independent variables. */
final class FrequenciesLikelihood implements LikelihoodModel {
    private static final Map<Verb, String> REFUSALS = Map.of(
            Verb.IMAGES_OF_ANY_SIZE, "independent variables have no neighbours, so images must have the model's size",
            Verb.CONDITIONALS, "independent variables say nothing of each other",
            Verb.PLAN, "independent variables are generated at once, so there is nothing to plan");

    private final FrequenciesModel model;
    private final List<Distribution> distributions;

    FrequenciesLikelihood(FrequenciesModel model) {
        this.model = model;
        this.distributions = IntStream.range(0, model.space().dimensions())
                .<Distribution>mapToObj(i -> TableDistribution.fromWeights(
                        model.weights(i), 0, model.space().categories(i), model.precision()))
                .toList();
    }

    @Override
    public byte[] id() {
        return model.id();
    }

    @Override
    public Model model() {
        return model;
    }

    @Override
    public Space space() {
        return model.space();
    }

    @Override
    public int classes() {
        return 0;
    }

    @Override
    public Map<Verb, String> refusals() {
        return REFUSALS;
    }

    @Override
    public LikelihoodModel given(Condition condition) {
        if (condition.label().isPresent()) {
            throw new IllegalArgumentException("this model has no classes");
        }
        return this;
    }

    @Override
    public LikelihoodModel on(int threads) {
        return this;
    }

    @Override
    public Plan plan(int calls) {
        return FrequenciesPlan.AT_ONCE;
    }

    @Override
    public Plan readPlan(byte[] bytes) {
        return FrequenciesPlan.of(bytes);
    }

    private void require(ItemLayout layout) {
        if (layout.images()) {
            require(Verb.IMAGES_OF_ANY_SIZE);
        }
        if (layout.anySize()) {
            throw new IllegalArgumentException("items must have the model's size");
        }
    }

    @Override
    public ItemGenerator generator(LongFunction<? extends Plan> plans, ItemLayout layout, int alignment) {
        require(layout);
        return (items, first, seed, listener) -> {
            List<Item> drawn = new ArrayList<>();
            for (int n = 0; n < items.size(); n++) {
                FrequenciesPlan.require(plans.apply(first + n));
                RandomStream random = RandomStream.of(seed, Purpose.SAMPLE, first + n);
                Item item = items.get(n).item();
                drawn.add(
                        new Item(item.name(), item.modified(), item.shape(), drawn(items.get(n), random), item.side()));
                listener.done(n + 1);
            }
            return drawn;
        };
    }

    private int[] drawn(PartialItem partial, RandomStream random) {
        int[] values = partial.item().values().clone();
        for (int i = 0; i < values.length; i++) {
            if (!partial.known()[i]) {
                values[i] = distributions.get(i).symbolAt(random.nextInt() >>> 32 - model.precision());
            }
        }
        return values;
    }

    @Override
    public List<Estimator> estimators(Plan plan, ItemLayout layout, int passes) {
        ItemScorer scorer = scorer(plan, layout);
        return List.of(new Estimator() {
            @Override
            public String kind() {
                return PLAN;
            }

            @Override
            public int calls() {
                return 1;
            }

            @Override
            public Estimate measure(List<Item> items, long seed, IntConsumer progress) {
                Estimator.require(items, progress);
                double[] each = scorer.unitBits(items, progress).stream()
                        .mapToDouble(bits -> Estimate.total(bits) / bits.length)
                        .toArray();
                return Estimate.of("exact log-likelihood", each, 1);
            }
        });
    }

    @Override
    public List<double[]> conditionals(List<int[]> items, boolean[] known, int position, IntConsumer progress) {
        require(Verb.CONDITIONALS);
        throw new IllegalStateException("not refused");
    }

    @Override
    public Codec<int[]> codec(Plan plan) {
        FrequenciesPlan.require(plan);
        return Codecs.map(
                Codecs.sequence(distributions.stream().map(Codecs::of).toList()),
                values -> values.stream().mapToInt(Integer::intValue).toArray(),
                item -> Arrays.stream(item).boxed().toList());
    }

    @Override
    public ItemCoder coder(Plan plan, ItemLayout layout) {
        require(layout);
        Codec<int[]> codec = codec(plan);
        return new ItemCoder() {
            @Override
            public List<byte[]> encode(List<Item> items, IntConsumer progress) {
                return items.stream()
                        .map(item -> {
                            space().check(item.values());
                            return CheckedStream.encode(codec, item.values(), check(item.side(), item.values()));
                        })
                        .toList();
            }

            @Override
            public List<Optional<int[]>> decode(List<ArchivedItem> items, IntConsumer progress) {
                return items.stream().map(item -> decoded(codec, item)).toList();
            }

            @Override
            public long windows(int length, int[] shape) {
                return 1;
            }
        };
    }

    private static int check(byte[] side, int[] values) {
        return CheckedStream.checkOf(side, new int[0], values);
    }

    private static Optional<int[]> decoded(Codec<int[]> codec, ArchivedItem item) {
        byte[] stream = Objects.requireNonNull(item.stream());
        try {
            var stack = CheckedStream.open(stream, 0, stream.length);
            int[] values = codec.pop(stack);
            CheckedStream.close(stack, check(item.side(), values));
            return Optional.of(values);
        } catch (DamagedException e) {
            return Optional.empty();
        }
    }

    @Override
    public ItemScorer scorer(Plan plan, ItemLayout layout) {
        require(layout);
        FrequenciesPlan.require(plan);
        return new ItemScorer() {
            @Override
            public List<double[]> unitBits(List<Item> items, IntConsumer progress) {
                return items.stream().map(item -> bits(item.values())).toList();
            }

            @Override
            public long windows(int length, int[] shape) {
                return 1;
            }
        };
    }

    private double[] bits(int[] values) {
        space().check(values);
        return IntStream.range(0, values.length)
                .mapToDouble(i -> {
                    long[] weights = model.weights(i);
                    double share =
                            weights[values[i]] / (double) Arrays.stream(weights).sum();
                    return -StrictMath.log(share) / StrictMath.log(2);
                })
                .toArray();
    }
}

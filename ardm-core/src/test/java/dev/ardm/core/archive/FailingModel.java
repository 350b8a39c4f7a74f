package dev.ardm.core.archive;

import dev.ardm.coding.ArchivedItem;
import dev.ardm.coding.Codec;
import dev.ardm.coding.ItemLayout;
import dev.ardm.core.Item;
import dev.ardm.core.Space;
import dev.ardm.core.model.ArdmModel;
import dev.ardm.core.model.Estimate;
import dev.ardm.core.model.ItemCoder;
import dev.ardm.core.model.ItemScorer;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.plan.Plan;
import dev.ardm.core.process.Process;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;

/** A model that stops coding when it is told to. */
final class FailingModel implements LikelihoodModel {
    private final ArdmModel model;
    private volatile boolean failing;

    FailingModel(ArdmModel model) {
        this.model = model;
    }

    void fail() {
        failing = true;
    }

    @Override
    public Space space() {
        return model.space();
    }

    @Override
    public Process process() {
        return model.process();
    }

    @Override
    public Plan plan(int calls) {
        return model.plan(calls);
    }

    @Override
    public Estimate bound(List<int[]> items, int passes, long seed, IntConsumer progress) {
        return model.bound(items, passes, seed, progress);
    }

    @Override
    public Estimate exactForOrder(List<int[]> items, Plan order, IntConsumer progress) {
        return model.exactForOrder(items, order, progress);
    }

    @Override
    public Estimate exactForPlan(List<int[]> items, Plan plan, IntConsumer progress) {
        return model.exactForPlan(items, plan, progress);
    }

    @Override
    public List<int[]> sample(int count, Plan plan, long seed, IntConsumer progress) {
        return model.sample(count, plan, seed, progress);
    }

    @Override
    public List<int[]> fill(List<int[]> items, List<boolean[]> known, Plan plan, long seed, IntConsumer progress) {
        return model.fill(items, known, plan, seed, progress);
    }

    @Override
    public Codec<int[]> codec(Plan plan) {
        return model.codec(plan);
    }

    @Override
    public byte[] id() {
        return model.id();
    }

    @Override
    public ItemScorer scorer(Plan plan, ItemLayout layout) {
        return model.scorer(plan, layout);
    }

    @Override
    public ItemCoder coder(Plan plan, ItemLayout layout) {
        ItemCoder coder = model.coder(plan, layout);
        return new ItemCoder() {
            @Override
            public List<byte[]> encode(List<Item> items, IntConsumer progress) {
                if (failing) {
                    throw new IllegalStateException("no more memory");
                }
                return coder.encode(items, progress);
            }

            @Override
            public List<Optional<int[]>> decode(List<ArchivedItem> items, IntConsumer progress) {
                return coder.decode(items, progress);
            }

            @Override
            public long windows(int length, int[] shape) {
                return coder.windows(length, shape);
            }
        };
    }
}

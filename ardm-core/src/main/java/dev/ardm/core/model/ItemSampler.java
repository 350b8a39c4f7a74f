package dev.ardm.core.model;

import dev.ardm.core.RandomStream;
import dev.ardm.core.RandomStream.Purpose;
import dev.ardm.core.plan.Order;
import dev.ardm.core.plan.Plan;
import dev.ardm.core.plan.Schedule;
import dev.ardm.core.process.Process;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;

/** Draws items, or what is missing of them, on the threads of a model. Decodes random bits: sampler and decoder share the distributions. */
final class ItemSampler {
    private final ArdmModel model;
    private final Process process;

    ItemSampler(ArdmModel model) {
        this.model = model;
        this.process = model.process();
    }

    /**
     * New items.
     *
     * @param plans the plan of each item
     * @param orders the order of each item's plan
     * @throws IllegalArgumentException if the model is conditional
     */
    List<int[]> sample(int count, IntFunction<Plan> plans, IntFunction<Order> orders, long seed, IntConsumer progress) {
        if (count < 0) {
            throw new IllegalArgumentException(count + " items");
        }
        if (process.given().count() > 0) {
            throw new IllegalArgumentException(
                    "this model is conditional: it completes items of which something is given, see fill");
        }
        return model.map(
                count,
                progress,
                (generation, index) -> draw(
                        generation,
                        new int[process.space().dimensions()],
                        new boolean[process.units()],
                        orders.apply(index),
                        plans.apply(index).schedule(),
                        RandomStream.of(seed, Purpose.SAMPLE, index)));
    }

    /** See {@link LikelihoodModel#fill}. */
    List<int[]> fill(List<int[]> items, List<boolean[]> known, Plan plan, long seed, IntConsumer progress) {
        if (items.size() != known.size()) {
            throw new IllegalArgumentException(items.size() + " items with " + known.size() + " masks");
        }
        Order order = plan.order(process);
        List<boolean[]> units =
                known.stream().map(flags -> KnownUnits.of(process, flags)).toList();
        return model.map(items.size(), progress, (generation, index) -> {
            boolean[] mask = units.get(index);
            int unknown = 0;
            for (boolean flag : mask) {
                unknown += flag ? 0 : 1;
            }
            int[] item = items.get(index).clone();
            if (unknown == 0) {
                return item;
            }
            return draw(
                    generation,
                    item,
                    mask,
                    order.knownFirst(mask),
                    plan.schedule().scaledTo(process.stages(), unknown),
                    RandomStream.of(seed, Purpose.SAMPLE, index));
        });
    }

    /**
     * Draws what is not known of an item, and puts it there.
     *
     * @param known flags of all units
     * @param order of all units, those known first
     * @param schedule of all steps that generate the others
     * @return the item
     */
    static int[] draw(
            Generation generation, int[] item, boolean[] known, Order order, Schedule schedule, RandomStream random)
            throws Exception {
        generation.walk(
                item,
                known,
                order,
                schedule,
                (distribution, symbol) -> distribution.symbolAt(random.nextInt() >>> 32 - distribution.precision()));
        return item;
    }
}

package dev.ardm.core.masking;

import dev.ardm.core.masking.call.Call;
import dev.ardm.core.masking.call.Policy;
import dev.ardm.core.masking.plan.Order;
import dev.ardm.core.masking.process.KnownUnits;
import dev.ardm.core.masking.process.Process;
import dev.ardm.core.model.LikelihoodModel;
import java.util.List;
import java.util.function.IntConsumer;

/** Distributions of one variable given any others, in binary64; see {@link LikelihoodModel#conditionals}. */
final class Conditionals {
    private Conditionals() {}

    static List<double[]> of(
            Evaluator evaluator, List<int[]> items, boolean[] known, int position, IntConsumer progress) {
        LikelihoodModel.requireProgress(progress);
        Process whole = evaluator.process();
        int dimensions = whole.space().dimensions();
        boolean fits = known.length == dimensions || evaluator.ends() && known.length < dimensions;
        if (!fits || position < 0 || position >= known.length) {
            throw new IllegalArgumentException(
                    known.length + " flags and variable " + position + " of " + dimensions + " variables");
        }
        Process process = whole.ofLength(known.length);
        if (known[position]) {
            throw new IllegalArgumentException("variable " + position + " is known");
        }
        boolean[] units = KnownUnits.of(process, known);
        Policy.Step wanted = new Policy.Step(0, new int[] {position});
        // A network that is given the order sees what is known, and then the variable.
        boolean[] first = units.clone();
        first[position] = true;
        Order order = Order.natural(units.length).knownFirst(first).knownFirst(units);
        return evaluator.map(items.size(), progress, (generation, index) -> {
            int[] item = items.get(index).clone();
            if (item.length != known.length) {
                throw new IllegalArgumentException(
                        "an item of " + item.length + " values with " + known.length + " flags");
            }
            Call call = generation.call(item, units, order, wanted);
            double[] distribution = new double[process.space().categories(position)];
            for (int value = 0; value < distribution.length; value++) {
                item[position] = value;
                distribution[value] = StrictMath.exp(-call.nats(item)[0]);
            }
            return distribution;
        });
    }
}

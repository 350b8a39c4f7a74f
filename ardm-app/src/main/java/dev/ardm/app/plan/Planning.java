package dev.ardm.app.plan;

import dev.ardm.app.Listener;
import dev.ardm.app.Text;
import dev.ardm.app.UserError;
import dev.ardm.app.weights.WeightStorage;
import dev.ardm.coding.internal.file.AtomicFile;
import dev.ardm.coding.internal.file.IOConsumer;
import dev.ardm.core.RandomStream;
import dev.ardm.core.RandomStream.Purpose;
import dev.ardm.core.family.Models;
import dev.ardm.core.masking.MaskingModel;
import dev.ardm.core.masking.plan.LossComponentEstimator;
import dev.ardm.core.masking.plan.LossComponents;
import dev.ardm.core.masking.plan.Monotonization;
import dev.ardm.core.masking.plan.Schedule;
import dev.ardm.core.masking.process.Process;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.Model;
import dev.ardm.core.model.ModelFile;
import dev.ardm.core.pair.PairModel;
import dev.ardm.data.ItemSet;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Plans a model's calls from held-out items: half of them to measure costs on, half to try the plans on. */
public final class Planning {
    public static final int LEAST_ITEMS = 4;

    private static final String COMPONENTS = "loss_components";

    /** In which order items will be generated. */
    public enum Order {
        /** The order of archives and samples. */
        SPREAD,
        /** Another order for each item. */
        RANDOM
    }

    /**
     * What to plan.
     *
     * @param calls budgets of network calls
     * @param monotonization how loss components are smoothed before planning for random orders
     * @param limit number of items to use, null for the usual one
     * @param grid steps of each stage to measure loss components at, even if the model has some; null for the usual ones
     * @param seed of the random orders
     */
    public record Choice(
            Order order,
            List<Integer> calls,
            Monotonization monotonization,
            @Nullable Integer limit,
            @Nullable Integer grid,
            long seed) {
        public Choice {
            calls = List.copyOf(calls);
        }
    }

    /**
     * What came of it.
     *
     * @param model with loss components, and for the spread order with the schedules
     * @param randomSchedule the schedule of the smallest budget if it is for random orders, else null
     */
    public record Result(
            MaskingModel model,
            LossComponents curve,
            @Nullable Schedule randomSchedule,
            PlanReport report) {}

    private final LikelihoodModel likelihood;
    private final Choice choice;
    private final String dataName;
    private final int[] budgets;
    private final BudgetPlanner.Parts parts;

    /**
     * Chooses items.
     *
     * @param likelihood which must have {@link dev.ardm.core.model.Verb#PLAN}
     * @throws IllegalArgumentException if it has no plans of so many calls
     * @throws UserError if there are too few items
     */
    public Planning(LikelihoodModel likelihood, Choice choice, ItemSet items, String dataName) {
        this.likelihood = likelihood;
        this.choice = choice;
        this.dataName = dataName;
        this.budgets = budgets(process(), choice.calls());
        this.parts = parts(items);
    }

    private Process process() {
        return MaskingModel.of(likelihood.model()).process();
    }

    /** Number of items to measure on; as many others are to try the plans on. */
    public int measuring() {
        return parts.measuring().size();
    }

    /** The budgets in increasing order. */
    private static int[] budgets(Process process, List<Integer> calls) {
        for (int n : calls) {
            if (n < process.stages() || n >= process.steps()) {
                throw new IllegalArgumentException("calls must be in " + process.stages() + ".."
                        + (process.steps() - 1) + " for this model of " + Text.count(process.stages(), "stage")
                        + " and " + Text.count(process.steps(), "step") + ", got " + n);
            }
        }
        return calls.stream().mapToInt(Integer::intValue).sorted().distinct().toArray();
    }

    /**
     * Items to measure on and items to try plans on, drawn from the two ends of one random order of the data: whatever the
     * limits of two calls are, what one measures on the other does not judge by.
     */
    private BudgetPlanner.Parts parts(ItemSet set) {
        if (set.size() < LEAST_ITEMS) {
            throw new UserError(dataName + ": " + Text.count(set.size(), "item") + ", but at least " + LEAST_ITEMS
                    + " are needed: some to measure, others to test the plans");
        }
        Integer limit = choice.limit();
        int each = Math.min(set.size(), limit == null ? 2 * Schedules.itemsToPlanWith(process()) : limit) / 2;
        int[] permutation = RandomStream.of(0, Purpose.SPLIT, 0).permutation(set.size());
        List<int[]> measuring = new ArrayList<>();
        List<int[]> judging = new ArrayList<>();
        for (int i = 0; i < each; i++) {
            measuring.add(item(set, permutation[i]));
            judging.add(item(set, permutation[permutation.length - 1 - i]));
        }
        return new BudgetPlanner.Parts(measuring, judging);
    }

    private int[] item(ItemSet set, int index) {
        return likelihood.ends() ? set.present(index) : set.item(index);
    }

    /**
     * Measures and plans.
     *
     * @param command for the provenance of schedules
     */
    public Result run(String command, Listener listener) {
        MaskingModel model = MaskingModel.of(likelihood.model());
        Map<String, String> provenance = new TreeMap<>(model.provenance());
        LossComponents curve = choice.grid() == null ? model.lossComponents().orElse(null) : null;
        LossComponentEstimator observations = null;
        if (curve == null) {
            observations = observe(listener);
            curve = observations.estimate();
            provenance.put(COMPONENTS, dataName + ", " + Text.count(measuring(), "item") + ", seed " + choice.seed());
        }
        boolean spread = choice.order() == Order.SPREAD;
        BudgetPlanner planner = spread
                ? new SpreadBudgets()
                : new RandomBudgets(curve, observations, choice.monotonization(), choice.seed());
        BudgetPlanner.Plans plans = planner.plan(likelihood, parts, budgets, listener);
        MaskingModel changed = model.withLossComponents(curve);
        if (spread) {
            Map<Integer, Schedule> schedules = new TreeMap<>();
            plans.budgets().forEach(budget -> schedules.put(budget.calls(), budget.schedule()));
            changed = new Schedules.Planned(schedules, Objects.requireNonNull(plans.costs())).addedTo(changed);
            provenance.put("schedules", command);
        }
        PlanReport report = new PlanReport(
                measuring(),
                parts.judging().size(),
                choice.order().name().toLowerCase(Locale.ROOT),
                planner,
                curve,
                provenance.getOrDefault(COMPONENTS, "from the model file"),
                observations != null,
                process().generatedDimensions(),
                plans.budgets(),
                spread ? changed.scheduleCosts().orElse(null) : null);
        Schedule first = spread ? null : report.budgets().get(0).schedule();
        return new Result(changed.withProvenance(provenance), curve, first, report);
    }

    private LossComponentEstimator observe(Listener listener) {
        int units = process().generatedUnits();
        int points = choice.grid() == null ? LossMeasurement.usualGrid(units) : choice.grid();
        int[] steps = LossMeasurement.grid(process().stages(), units, points);
        return LossMeasurement.measure(likelihood, parts.measuring(), steps, choice.seed(), listener);
    }

    /**
     * Writes the model file of a result, in the place of what is there once it has been read back.
     *
     * @param original where its weights are: the model's file, or that of a pair that it fills in for
     */
    public static void store(Path original, Path target, MaskingModel changed) throws IOException {
        Model before = Models.read(original);
        Model whole = before instanceof PairModel pair ? pair.withFilling(changed) : changed;
        store(target, changed, out -> ModelFile.rewrite(original, whole, out));
    }

    /** The same of a model whose weights are stored anew. */
    public static void store(Path original, WeightStorage storage, Path target, MaskingModel changed)
            throws IOException {
        Model before = Models.read(original);
        Model whole = before instanceof PairModel pair ? pair.withFilling(changed) : changed;
        store(target, changed, out -> storage.write(whole, out));
    }

    private static void store(Path target, MaskingModel changed, IOConsumer<OutputStream> content) throws IOException {
        try (AtomicFile file = AtomicFile.create(target, true)) {
            content.accept(file.stream());
            file.commit(written -> {
                Model read = Models.read(written);
                MaskingModel back = MaskingModel.of(read instanceof PairModel pair ? pair.filling() : read);
                if (!Arrays.equals(back.id(), changed.id())
                        || !back.schedules().equals(changed.schedules())
                        || !back.scheduleCosts().equals(changed.scheduleCosts())
                        || !back.lossComponents().equals(changed.lossComponents())) {
                    throw new IOException(target + ": not written, because it reads back differently");
                }
            });
        }
    }
}

package dev.ardm.cli.command;

import static dev.ardm.cli.Cli.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.ardm.app.plan.LossMeasurement;
import dev.ardm.app.plan.Schedules;
import dev.ardm.app.train.Presets;
import dev.ardm.cli.Cli;
import dev.ardm.core.RandomStream;
import dev.ardm.core.RandomStream.Purpose;
import dev.ardm.core.Space;
import dev.ardm.core.family.Models;
import dev.ardm.core.masking.MaskingDefinition;
import dev.ardm.core.masking.MaskingModel;
import dev.ardm.core.masking.output.OutputDistribution;
import dev.ardm.core.masking.plan.LossComponents;
import dev.ardm.core.masking.plan.MaskingPlan;
import dev.ardm.core.masking.plan.Monotonization;
import dev.ardm.core.masking.plan.OrderAgnosticPlanner;
import dev.ardm.core.masking.plan.Schedule;
import dev.ardm.core.masking.process.Autoregressive;
import dev.ardm.core.masking.process.Given;
import dev.ardm.core.masking.process.Process;
import dev.ardm.core.masking.process.Upscale;
import dev.ardm.core.model.Estimate;
import dev.ardm.core.model.Estimator;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.ModelFile;
import dev.ardm.core.model.SafeTensors;
import dev.ardm.core.network.Weights;
import dev.ardm.data.array.NpyFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PlanCommandTest {
    private static final Space SPACE = Space.image(6, 6, 1, 4);
    private static final int ITEMS = 40;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    Path dir;

    private Path file;
    private Path npy;

    @BeforeEach
    void modelAndItems() throws IOException {
        file = Cli.write(dir.resolve("model.safetensors"), loud(Cli.model(SPACE, 1)));
        npy = dir.resolve("items.npy");
        NpyFile.write(npy, Cli.items(SPACE, ITEMS, 2));
    }

    /** The same with distributions that depend more on what is known. */
    private static MaskingModel loud(MaskingModel model) {
        String last = model.network().logitBias().replace(".bias", ".weight");
        float[] values = model.weights().get(last).clone();
        for (int i = 0; i < values.length; i++) {
            values[i] *= 8;
        }
        return new MaskingModel(model.definition(), model.weights().with(last, values), Map.of(), Map.of());
    }

    private JsonNode plan(Object... more) {
        List<Object> args = new ArrayList<>(List.of("plan", "-m", file, "--data", npy, "--json"));
        args.addAll(List.of(more));
        return JSON.readTree(run(args.toArray()).good().out());
    }

    private static double bits(JsonNode budget, String which) {
        return budget.path(which).path("bits_per_dimension").asDouble();
    }

    private static double error(JsonNode budget, String which) {
        return budget.path(which).path("standard_error").asDouble();
    }

    private static int[] ints(JsonNode node) {
        return node.valueStream().mapToInt(JsonNode::asInt).toArray();
    }

    private static List<int[]> part(boolean judging) {
        List<int[]> all = Cli.values(SPACE, ITEMS, 2);
        int[] order = RandomStream.of(0, Purpose.SPLIT, 0).permutation(ITEMS);
        List<int[]> items = new ArrayList<>();
        for (int i = 0; i < ITEMS / 2; i++) {
            items.add(all.get(order[judging ? ITEMS - 1 - i : i]));
        }
        return items;
    }

    @Test
    void storesSchedulesOfTheSpreadOrderAndSaysWhatTheyCost() throws IOException {
        MaskingModel before = MaskingModel.of(Models.read(file));
        JsonNode node = plan("--calls", "7,3");
        MaskingModel after = MaskingModel.of(Models.read(file));
        assertThat(after.id()).isEqualTo(before.id());
        for (String name : before.weights().names()) {
            assertThat(after.weights().get(name)).isEqualTo(before.weights().get(name));
        }
        assertThat(after.schedules()).containsOnlyKeys(3, 7);
        assertThat(after.provenance()).containsKeys("schedules", "loss_components");
        assertThat(node.path("model_id").asString()).isEqualTo(before.idText());
        assertThat(node.path("schedules_stored").asBoolean()).isTrue();
        LikelihoodModel likelihood = after.open(1);
        for (int i = 0; i < 2; i++) {
            JsonNode budget = node.path("budgets").get(i);
            int calls = budget.path("calls").asInt();
            Schedule stored = MaskingPlan.of(likelihood.plan(calls)).schedule();
            assertThat(ints(budget.path("schedule"))).isEqualTo(stored.starts());
            Estimate realised = likelihood
                    .estimator(Estimator.PLAN, likelihood.plan(calls), 1)
                    .measureValues(part(true), 0, LikelihoodModel.NO_PROGRESS);
            assertThat(bits(budget, "planned_realised")).isEqualTo(realised.bitsPerDimension());
            assertThat(error(budget, "planned_realised")).isEqualTo(realised.standardError());
            Estimate predicted = likelihood
                    .estimator(Estimator.PLAN, likelihood.plan(calls), 1)
                    .measureValues(part(false), 0, LikelihoodModel.NO_PROGRESS);
            assertThat(bits(budget, "planned_predicted")).isEqualTo(predicted.bitsPerDimension());
            assertThat(bits(budget, "planned_predicted")).isLessThan(bits(budget, "naive_predicted"));
        }
    }

    @Test
    void schedulesForOtherBudgetsStay() throws IOException {
        MaskingModel planned = MaskingModel.of(Models.read(file))
                .withSchedules(Map.of(3, Schedule.even(36, 3), 5, Schedule.even(36, 5)));
        Cli.write(file, planned);
        JsonNode node = plan("--calls", "3");
        MaskingModel after = MaskingModel.of(Models.read(file));
        assertThat(after.schedules()).containsOnlyKeys(3, 5).containsEntry(5, Schedule.even(36, 5));
        assertThat(after.schedules().get(3).starts())
                .isEqualTo(ints(node.path("budgets").get(0).path("schedule")));
    }

    @Test
    void plansForRandomOrdersFollowFromTheStoredLossComponents() throws IOException {
        JsonNode node = plan("--calls", "2,6", "--order", "random");
        MaskingModel after = MaskingModel.of(Models.read(file));
        LossComponents curve = after.lossComponents().orElseThrow();
        assertThat(after.schedules()).isEmpty();
        assertThat(node.path("schedules_stored").asBoolean()).isFalse();
        OrderAgnosticPlanner planner = new OrderAgnosticPlanner(curve, Monotonization.ISOTONIC);
        for (int i = 0; i < 2; i++) {
            JsonNode budget = node.path("budgets").get(i);
            Schedule schedule = planner.plan(budget.path("calls").asInt());
            assertThat(ints(budget.path("schedule"))).isEqualTo(schedule.starts());
            assertThat(bits(budget, "planned_predicted")).isLessThanOrEqualTo(bits(budget, "naive_predicted"));
            assertThat(error(budget, "planned_predicted"))
                    .isPositive()
                    .isLessThanOrEqualTo(curve.costStandardErrorLimit(schedule) / 36 * (1 + 1e-9));
            // both are unbiased for the same expectation, over items and over orders
            double spread = Math.hypot(error(budget, "planned_predicted"), error(budget, "planned_realised"));
            assertThat(bits(budget, "planned_realised")).isCloseTo(curve.cost(schedule) / 36, within(4 * spread));
        }
        JsonNode sorted = plan("--calls", "2", "--order", "random", "--method", "sorted");
        assertThat(ints(sorted.path("budgets").get(0).path("schedule")))
                .isEqualTo(new OrderAgnosticPlanner(curve, Monotonization.SORTED)
                        .plan(2)
                        .starts());
        assertThat(sorted.path("prediction").asString()).contains("upper limits");
    }

    @Test
    void theSumOfTheLossComponentsIsTheBound() throws IOException {
        JsonNode node = plan("--calls", "4").path("loss_components");
        LikelihoodModel likelihood = Models.open(file, 1);
        Estimate bound = likelihood
                .estimator(Estimator.BOUND, likelihood.plan(1), 8)
                .measureValues(Cli.values(SPACE, ITEMS, 2), 3, LikelihoodModel.NO_PROGRESS);
        double spread = Math.hypot(node.path("standard_error").asDouble(), bound.standardError());
        assertThat(node.path("bits_per_dimension").asDouble()).isCloseTo(bound.bitsPerDimension(), within(4 * spread));
        assertThat(node.path("steps_measured").asInt()).isEqualTo(36);
    }

    @Test
    void lossComponentsAreMeasuredOnce() throws IOException {
        assertThat(plan("--calls", "2", "--grid", "9")
                        .path("loss_components")
                        .path("steps_measured")
                        .asInt())
                .isEqualTo(9);
        LossComponents curve =
                MaskingModel.of(Models.read(file)).lossComponents().orElseThrow();
        JsonNode again = plan("--calls", "5").path("loss_components");
        assertThat(again.path("measured_now").asBoolean()).isFalse();
        assertThat(again.path("source").asString()).contains("items.npy, 20 items, seed 0");
        assertThat(MaskingModel.of(Models.read(file)).lossComponents()).contains(curve);
        assertThat(plan("--calls", "5", "--grid", "12")
                        .path("loss_components")
                        .path("steps_measured")
                        .asInt())
                .isEqualTo(12);
        assertThat(MaskingModel.of(Models.read(file)).schedules()).containsOnlyKeys(2, 5);
        JsonNode eval = JSON.readTree(run("eval", "-m", file, "--data", npy, "--calls", 5, "--json")
                .good()
                .out());
        MaskingModel after = MaskingModel.of(Models.read(file));
        assertThat(eval.path("estimates").get(2).path("kind").asString()).isEqualTo("predicted_for_random_order");
        assertThat(eval.path("estimates").get(2).path("bits_per_dimension").asDouble())
                .isEqualTo(after.lossComponents().orElseThrow().cost(after.schedule(5)) / 36);
    }

    @Test
    void weightsKeepTheTypesTheyCameIn() throws IOException {
        MaskingModel model = MaskingModel.of(Models.read(file));
        MaskingModel rounded = new MaskingModel(
                model.definition(), model.weights().map(SafeTensors.Type.F16::round), Map.of(), Map.of("made", "here"));
        try (OutputStream stream = Files.newOutputStream(file)) {
            ModelFile.write(rounded, SafeTensors.Type.F16, stream);
        }
        byte[] before = values(file);
        plan("--calls", "3");
        assertThat(values(file)).isEqualTo(before);
        SafeTensors.read(file)
                .tensors()
                .forEach((name, tensor) -> assertThat(tensor.type()).as(name).isEqualTo(SafeTensors.Type.F16));
        assertThat(MaskingModel.of(Models.read(file)).id()).isEqualTo(rounded.id());
        assertThat(MaskingModel.of(Models.read(file)).provenance()).containsEntry("made", "here");
    }

    /** What follows the header of a safetensors file. */
    private static byte[] values(Path path) throws IOException {
        byte[] all = Files.readAllBytes(path);
        int header = java.nio.ByteBuffer.wrap(all)
                .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                .getInt();
        return Arrays.copyOfRange(all, 8 + header, all.length);
    }

    @Test
    void stagesArePlannedTogether() throws IOException {
        Process process = new Upscale(SPACE, 2, Given.NOTHING);
        OutputDistribution distribution = OutputDistribution.of(process);
        MaskingDefinition definition =
                new MaskingDefinition(process, distribution, Presets.of("tiny", process, distribution), "");
        Weights weights = Weights.initial(definition.buildNetwork(), 1);
        Cli.write(file, new MaskingModel(definition, weights, Map.of(), Map.of()));
        run("plan", "-m", file, "--data", npy, "--calls", "1").refused("--calls must be in 2..71", "2 stages");
        plan("--calls", "5");
        MaskingModel after = MaskingModel.of(Models.read(file));
        assertThat(after.schedules().get(5).hasStages(2)).isTrue();
        assertThat(after.lossComponents().orElseThrow().stages()).isEqualTo(2);
        assertThat(plan("--calls", "5", "--order", "random").path("budgets")).hasSize(1);
        assertThat(Files.readAllLines(dir.resolve("loss-components.tsv")).get(40))
                .startsWith("39\t1\t");
    }

    @Test
    void tableAndPicture() throws IOException {
        Path other = Files.createDirectory(dir.resolve("other"));
        String text = run(
                        "plan",
                        "-m",
                        file,
                        "--data",
                        npy,
                        "--calls",
                        "2",
                        "-o",
                        other.resolve("m.safetensors"),
                        "--plot",
                        other.resolve("x.png"))
                .good()
                .out();
        assertThat(text)
                .contains("20 items of 6x6x1 of 4", "20 others to test the plans", "spread order: fixed-order planner")
                .contains("schedules of the spread order and loss components stored")
                .containsPattern("(?m)^ +2 ( +\\d\\.\\d{4} \\+- \\d\\.\\d{4}){3}");
        List<String> lines = Files.readAllLines(other.resolve("x.tsv"));
        assertThat(lines).hasSize(37);
        assertThat(lines.get(0)).isEqualTo("t\tstage\tL_t\tstandard_error\tcount");
        LossComponents curve = MaskingModel.of(Models.read(other.resolve("m.safetensors")))
                .lossComponents()
                .orElseThrow();
        assertThat(lines.get(8)).isEqualTo("7\t0\t" + curve.bits(7) + "\t" + curve.standardError(7) + "\t20");
        assertThat(ImageIO.read(other.resolve("x.png").toFile()).getWidth()).isEqualTo(1200);
        assertThat(MaskingModel.of(Models.read(file)).schedules()).isEmpty();
        assertThat(Cli.files(dir)).doesNotContainKey("loss-components.png");
    }

    @Test
    void anotherFileIsReplacedOnlyByForce() throws IOException {
        Path there = Files.writeString(dir.resolve("there"), "precious");
        run("plan", "-m", file, "--data", npy, "--calls", "2", "-o", there).failed("there: exists already; --force");
        assertThat(there).hasContent("precious");
        run("plan", "-m", file, "--data", npy, "--calls", "2", "-o", there, "-f")
                .good();
        assertThat(MaskingModel.of(Models.read(there)).schedules()).containsOnlyKeys(2);
    }

    @Test
    void nothingIsTouchedWhenSomethingIsWrong() throws IOException {
        NpyFile.write(dir.resolve("few.npy"), Cli.items(SPACE, 3, 1));
        NpyFile.write(dir.resolve("wide.npy"), Cli.items(Space.image(7, 6, 1, 4), 9, 1));
        NpyFile.write(dir.resolve("deep.npy"), Cli.items(Space.image(6, 6, 1, 16), 9, 1));
        MaskingModel model = MaskingModel.of(Models.read(file));
        Process causal = new Autoregressive(SPACE, false);
        MaskingDefinition definition = new MaskingDefinition(
                causal, OutputDistribution.of(causal), Presets.of("tiny", causal, OutputDistribution.of(causal)), "");
        Path causalFile = Cli.write(
                dir.resolve("causal.safetensors"),
                new MaskingModel(definition, Weights.initial(definition.buildNetwork(), 1), Map.of(), Map.of()));
        Map<String, String> before = Cli.files(dir);
        run("plan", "-m", dir.resolve("none"), "--data", npy, "--calls", "2").failed("none: no such model file");
        run("plan", "-m", file, "--data", dir.resolve("none.npy"), "--calls", "2")
                .failed("none.npy: no such file");
        run("plan", "-m", file, "--data", dir.resolve("few.npy"), "--calls", "2")
                .failed("few.npy: 3 items", "4");
        run("plan", "-m", file, "--data", dir.resolve("wide.npy"), "--calls", "2")
                .failed("wide.npy: items of 7x6x1 do not fit a space of 6x6x1");
        run("plan", "-m", file, "--data", dir.resolve("deep.npy"), "--calls", "2")
                .failed("deep.npy", "is outside [0, 4)");
        run("plan", "-m", causalFile, "--data", npy, "--calls", "2").failed("causal.safetensors: a causal model");
        run("plan", "-m", file, "--data", npy).refused("--calls");
        run("plan", "-m", file, "--data", npy, "--calls", "0").refused("--calls must be at least 1, got 0");
        run("plan", "-m", file, "--data", npy, "--calls", "3,x").refused("--calls");
        run("plan", "-m", file, "--data", npy, "--calls", "3,36").refused("--calls must be in 1..35", "got 36");
        run("plan", "-m", file, "--data", npy, "--calls", "3", "--limit", 3).refused("--limit must be in 4..");
        run("plan", "-m", file, "--data", npy, "--calls", "3", "--grid", 1).refused("--grid must be in 2..");
        run("plan", "-m", file, "--data", npy, "--calls", "3", "--order", "natural")
                .refused("--order");
        run("plan", "-m", file, "--data", npy, "--calls", "3", "--method", "sorted")
                .refused("--method applies to --order random");
        run("plan", "-m", file, "--data", npy, "--calls", "3", "--plot", dir.resolve("x.jpg"))
                .refused("--plot must end in .png");
        run("plan", "-m", file, "--data", npy, "--calls", "3", "-o", npy, "-f").failed("is both input and output");
        run("plan", "-m", file, "--data", npy, "--calls", "3", "-o", dir.resolve("none/m"))
                .failed("none/m: cannot be written: no folder");
        assertThat(Cli.files(dir)).isEqualTo(before);
        assertThat(MaskingModel.of(Models.read(file)).id()).isEqualTo(model.id());
    }

    @Test
    void aFolderThatCannotBeWritten() throws IOException {
        Path locked = Files.createDirectory(dir.resolve("locked"));
        Path inside = Files.copy(file, locked.resolve("m.safetensors"));
        Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("r-xr-xr-x"));
        try {
            assumeFalse(Files.isWritable(locked), "this user may write everywhere");
            run("plan", "-m", inside, "--data", npy, "--calls", "2")
                    .failed("the folder " + locked + " is not writable");
            run("plan", "-m", inside, "--data", npy, "--calls", "2", "-o", dir.resolve("m"), "--plot", dir + "/m.png")
                    .good();
        } finally {
            Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    @Test
    void gridsIncreaseWithinTheirStages() {
        for (int units : new int[] {1, 2, 3, 10, 784}) {
            for (int points : new int[] {2, 3, 9, 128, 2000}) {
                int[] grid = LossMeasurement.grid(3, units, points);
                int each = Math.min(units, points);
                assertThat(grid).hasSize(3 * each).isSorted().doesNotHaveDuplicates();
                for (int stage = 0; stage < 3; stage++) {
                    assertThat(grid[stage * each]).isEqualTo(stage * units);
                    assertThat(grid[(stage + 1) * each - 1]).isLessThan((stage + 1) * units);
                }
            }
        }
        assertThat(LossMeasurement.grid(1, 100, 5)).containsExactly(0, 4, 19, 44, 78);
        assertThat(LossMeasurement.grid(2, 3, 3)).containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(Collections.max(
                        Arrays.stream(Schedules.candidates(784, 200)).boxed().toList()))
                .isLessThan(784);
    }
}

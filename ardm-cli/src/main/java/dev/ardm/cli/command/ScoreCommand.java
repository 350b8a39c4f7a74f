package dev.ardm.cli.command;

import dev.ardm.app.FirstNames;
import dev.ardm.app.ScratchFolder;
import dev.ardm.app.score.BitsMap;
import dev.ardm.app.score.Scoring;
import dev.ardm.cli.option.BudgetOption;
import dev.ardm.cli.option.FormatOption;
import dev.ardm.cli.option.ModelOption;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.Plan;
import dev.ardm.core.model.Verb;
import dev.ardm.data.file.SkippedFiles;
import dev.ardm.data.format.DataFormat;
import dev.ardm.data.format.InputOptions;
import dev.ardm.data.items.ItemInput;
import dev.ardm.data.layer.ImageFileCodec.Kept;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ardm score}. */
@Command(
        name = "score",
        description = "Prints how many bits each item costs: few if it is likely, many if it is strange. An "
                + "archive with the same number of calls pays the same.")
public final class ScoreCommand extends BaseCommand {
    @Mixin
    private ModelOption model = new ModelOption();

    @Mixin
    private FormatOption reading = new FormatOption();

    @Mixin
    private BudgetOption budget = new BudgetOption();

    @Option(
            names = "--map",
            paramLabel = "PATH",
            description = {
                "Also write the bits of each place: NAME.tsv with a line for each; for images NAME.png, "
                        + "or a folder of pictures, brighter where more bits. An existing file is overwritten."
            })
    private @Nullable String map;

    @Option(names = "--json", description = "Print one JSON object instead of tab-separated lines.")
    private boolean json;

    @Parameters(
            arity = "1..*",
            paramLabel = "PATH",
            description = "Images, folders of images, IDX or NPY files, or files of the model's format. Images of "
                    + "other sizes than the model's are scored in windows, as compress codes them.")
    @SuppressWarnings("NullAway.Init")
    private List<Path> paths;

    @Override
    int run() throws IOException {
        budget.check();
        LikelihoodModel likelihood = model.open(threads());
        ModelOption.require(model.file(), likelihood, Verb.SCORE);
        DataFormat format = reading.of(likelihood.model());
        try (ScratchFolder scratch = ScratchFolder.create();
                ItemInput input = format.input(paths, options(likelihood, scratch.file("names")))) {
            input.assumed().forEach(listener()::notice);
            LikelihoodModel part = likelihood.part(Verb.SCORE, input.layout());
            Plan plan = budget.plan(part, input.calls());
            Scoring scoring = new Scoring(part, plan, input);
            try (BitsMap bitsMap = BitsMap.of(map, format, input, inputs())) {
                ScoreRows rows = new ScoreRows(out(), json, part.model(), plan, bitsMap);
                SkippedFiles skipped = scoring.run(input, rows::accept, listener());
                rows.finish();
                bitsMap.commit();
                FirstNames.tellSkipped(skipped, listener());
            }
        }
        return 0;
    }

    private static InputOptions options(LikelihoodModel likelihood, Path file) {
        InputOptions options = InputOptions.nextTo(file).keeping(Kept.MEASURED);
        String refusal = likelihood.refusals().get(Verb.IMAGES_OF_ANY_SIZE);
        return refusal == null ? options : options.withoutWindows(refusal);
    }

    private Path[] inputs() throws IOException {
        List<Path> inputs = new ArrayList<>(paths);
        inputs.add(model.file());
        return inputs.toArray(Path[]::new);
    }
}

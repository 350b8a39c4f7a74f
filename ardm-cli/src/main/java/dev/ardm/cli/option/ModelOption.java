package dev.ardm.cli.option;

import dev.ardm.app.UserError;
import dev.ardm.app.train.RunConfig;
import dev.ardm.app.train.TrainingRun;
import dev.ardm.coding.error.WrongModelException;
import dev.ardm.core.family.Models;
import dev.ardm.core.masking.MaskingModel;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.Model;
import dev.ardm.core.model.Verb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option {@code --model}. */
public final class ModelOption {
    @Option(
            names = {"-m", "--model"},
            required = true,
            paramLabel = "MODEL",
            description = "Model file, or folder of a finished run.")
    @SuppressWarnings("NullAway.Init")
    private Path path;

    /** The model file: the one given, or that of the run folder given. */
    public Path file() {
        return fileOf(path);
    }

    /** The model file of a path that may be its run folder. */
    public static Path fileOf(Path path) {
        if (!Files.exists(path)) {
            throw new UserError(path + ": no such model file or run folder");
        }
        if (!Files.isDirectory(path)) {
            return path;
        }
        Path inside = path.resolve(TrainingRun.MODEL);
        if (!Files.exists(inside)) {
            throw new UserError(path + ": contains no " + TrainingRun.MODEL
                    + (Files.exists(path.resolve(RunConfig.NAME)) ? "; the run is not finished" : ""));
        }
        return inside;
    }

    Model read() throws IOException {
        return Models.read(file());
    }

    public LikelihoodModel open(int threads) throws IOException {
        return read().open(threads);
    }

    /** Path and id, for people. */
    public String describe(Model model) {
        return file() + " (" + WrongModelException.shortId(model.id()) + ")";
    }

    /**
     * The masking model that an open model has, for what only that family knows.
     *
     * @throws UserError if it is of another family
     */
    public MaskingModel masking(LikelihoodModel likelihood) {
        try {
            return MaskingModel.of(likelihood);
        } catch (IllegalArgumentException e) {
            throw new UserError(file() + ": " + e.getMessage());
        }
    }

    /**
     * Refuses a model that lacks a verb.
     *
     * @throws UserError if it does, with the reason
     */
    public static void require(Path file, LikelihoodModel model, Verb verb) {
        try {
            model.require(verb);
        } catch (IllegalArgumentException e) {
            throw new UserError(file + ": " + e.getMessage());
        }
    }
}

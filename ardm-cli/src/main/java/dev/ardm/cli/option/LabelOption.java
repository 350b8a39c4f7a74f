package dev.ardm.cli.option;

import dev.ardm.app.UserError;
import dev.ardm.core.model.Condition;
import dev.ardm.core.model.LikelihoodModel;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option {@code --label}. */
public final class LabelOption {
    @Option(
            names = "--label",
            paramLabel = "N",
            description = "Class of the items, from 0, for a model trained with --labels. Default: any class.")
    private @Nullable Integer label;

    /**
     * The model given the label, or the model itself if there is none.
     *
     * @throws UserError if the model knows no such class
     */
    public LikelihoodModel given(LikelihoodModel model) {
        if (label == null) {
            return model;
        }
        try {
            return model.given(Condition.label(label));
        } catch (IllegalArgumentException e) {
            throw new UserError("--label " + label + ": " + e.getMessage());
        }
    }

    /** For people and for the texts in what is written: empty if there is no label. */
    public String text() {
        return label == null ? "" : " label " + label;
    }
}

package dev.ardm.cli.option;

import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.Verb;
import dev.ardm.data.format.InputOptions;
import dev.ardm.data.layer.ImageFileCodec.Kept;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What of image files is to come back. */
public final class ImageFileOptions {
    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--exact-file",
            description =
                    "Store all image files byte for byte, without the model. Without this option, those of which a "
                            + "PNG would lack something.")
    private boolean exactFile;

    @Option(
            names = "--no-metadata",
            description = "Store only the pixels of images, without text, colour profiles and other metadata.")
    private boolean noMetadata;

    /** Whether the files come back byte by byte. */
    public boolean exactFile() {
        return exactFile;
    }

    /** How files are opened to be stored in an archive. */
    public InputOptions input(Path archive, LikelihoodModel model) {
        InputOptions options =
                InputOptions.nextTo(archive).keeping(exactFile ? Kept.FILE : noMetadata ? Kept.PIXELS : Kept.METADATA);
        String refusal = model.refusals().get(Verb.IMAGES_OF_ANY_SIZE);
        return refusal == null ? options : options.withoutWindows(refusal);
    }

    /** The option that was given, if any; empty if none was. */
    public String given() {
        return exactFile ? "--exact-file" : noMetadata ? "--no-metadata" : "";
    }

    /** Refuses options that contradict each other; to be called before anything is read. */
    public void check() {
        if (exactFile && noMetadata) {
            throw new ParameterException(spec.commandLine(), "--exact-file and --no-metadata exclude each other");
        }
    }
}

package dev.ardm.cli;

import dev.ardm.cli.Failures.UserError;
import dev.ardm.coding.AtomicFile;
import dev.ardm.core.network.UNetConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What a run was started with: {@code config.json} of its folder. */
record RunConfig(String data, int items, String space, UNetConfig network, RunOptions options) {
    static final String NAME = "config.json";

    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    void write(Path folder) throws IOException {
        byte[] text = JSON.writeValueAsBytes(this);
        AtomicFile.write(folder.resolve(NAME), true, stream -> stream.write(text));
    }

    static RunConfig read(Path folder) throws IOException {
        Path path = folder.resolve(NAME);
        try {
            return JSON.readValue(Files.readString(path), RunConfig.class);
        } catch (JacksonException e) {
            throw new UserError(path + ": not a run's configuration: " + e.getOriginalMessage());
        }
    }

    /**
     * The options to go on with: those of the run, but for the length, which may be changed.
     *
     * @param asked what the command says now
     */
    RunOptions resumed(RunConfig asked, Path folder) {
        if (items != asked.items || !space.equals(asked.space)) {
            throw new UserError(folder + ": the run was started on " + items + " items of " + space + ", not on "
                    + asked.items + " of " + asked.space);
        }
        if (!network.equals(asked.network)) {
            throw new UserError(folder + ": the run was started with preset '" + options.preset() + "', not '"
                    + asked.options.preset() + "'");
        }
        var length = asked.options.settings();
        return new RunOptions(
                options.preset(),
                options.settings().withLength(length.steps(), length.minutes()),
                options.validation(),
                options.stored());
    }
}

package dev.ardm.app.train;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.ardm.app.UserError;
import dev.ardm.coding.internal.file.AtomicFile;
import dev.ardm.core.masking.network.NetworkKind;
import dev.ardm.core.network.NetworkConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.NamedType;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a run was started with: {@code config.json} of its folder.
 *
 * @param classes number of classes of the items' labels; 0 if they have none
 */
public record RunConfig(String data, int items, String space, int classes, NetworkConfig network, RunOptions options) {
    public static final String NAME = "config.json";

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .addMixIn(NetworkConfig.class, Kinds.class)
            .registerSubtypes(NetworkKind.ALL.stream()
                    .map(kind -> new NamedType(kind.config(), kind.name()))
                    .toArray(NamedType[]::new))
            .build();

    /** Kinds of networks by name, as in model files. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    private interface Kinds {}

    void write(Path folder) throws IOException {
        byte[] text = JSON.writeValueAsBytes(this);
        AtomicFile.write(folder.resolve(NAME), true, stream -> stream.write(text));
    }

    public static RunConfig read(Path folder) throws IOException {
        Path path = folder.resolve(NAME);
        if (!Files.exists(path)) {
            throw new UserError(folder + ": no run to resume");
        }
        try {
            JsonNode tree = JSON.readTree(Files.readString(path));
            if (tree.get("network") instanceof ObjectNode network && !network.has("kind")) {
                network.put("kind", "unet"); // from before there were others
            }
            if (tree.get("network") instanceof ObjectNode network
                    && !network.path("kind").asString().equals("transformer")
                    && !network.has("interpolation")) {
                network.put("interpolation", false);
            }
            if (tree instanceof ObjectNode config && !config.has("classes")) {
                config.put("classes", 0); // from before there were labels
            }
            if (tree.path("options").path("method") instanceof ObjectNode method && !method.has("network")) {
                method.put("network", Presets.AUTO); // from before it could be chosen
            }
            return JSON.treeToValue(tree, RunConfig.class);
        } catch (JacksonException e) {
            throw new UserError(path + ": not a run's configuration: " + e.getOriginalMessage());
        }
    }

    /** Checks that a run can continue with what is there now. */
    void requireSame(RunConfig now, Path folder) {
        if (items != now.items || !space.equals(now.space)) {
            throw new UserError(folder + ": the run was started on " + items + " items of " + space + ", not on "
                    + now.items + " of " + now.space);
        }
        if (classes != now.classes) {
            throw new UserError(folder + ": the run was started "
                    + (classes == 0 ? "without labels" : "with labels of " + classes + " classes")
                    + ", and now there are "
                    + (now.classes == 0 ? "none; give its --labels again" : "some of " + now.classes + " classes"));
        }
        if (!network.equals(now.network)) {
            throw new UserError(folder + ": the run was started with another network than preset '"
                    + now.options.preset() + "' has now");
        }
    }
}

package dev.ardm.app.train;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.ardm.app.UserError;
import dev.ardm.coding.internal.file.AtomicFile;
import dev.ardm.core.masking.network.NetworkKind;
import dev.ardm.core.network.NetworkConfig;
import dev.ardm.data.ItemSet;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
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
 * @param digest of the items, see {@link #digest}; empty for runs from before there was one
 * @param threads 0 for runs from before it was recorded
 */
public record RunConfig(
        String data,
        int items,
        String space,
        int classes,
        String digest,
        int threads,
        NetworkConfig network,
        RunOptions options) {
    public static final String NAME = "config.json";

    /** More values than these take seconds to go through; of larger data every n-th item counts. */
    private static final long MOST_VALUES = 1 << 28;

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
            if (tree instanceof ObjectNode config && !config.has("digest")) {
                config.put("digest", "").put("threads", 0);
            }
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
            if (tree.path("options").path("settings") instanceof ObjectNode settings && !settings.has("optimizer")) {
                settings.put("optimizer", "ADAMW").put("shifts", 0);
            }
            if (tree.path("options") instanceof ObjectNode options && !options.has("forItems")) {
                options.put("forItems", 0); // from before models were for some number of items
            }
            if (tree.path("options") instanceof ObjectNode options && !options.has("countsBytes")) {
                options.put("countsBytes", 0); // from before networks worked with counts
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
        if (!digest.isEmpty() && !digest.equals(now.digest)) {
            throw new UserError(folder + ": the run was started on other data: " + data + " had the digest " + digest
                    + ", " + now.data + " has " + now.digest + "; continue with the same, or start another run");
        }
        if (!network.equals(now.network)) {
            throw new UserError(folder + ": the run was started with another network than preset '"
                    + now.options.preset() + "' has now");
        }
    }

    /** Tells data of one size apart: the first 8 bytes of SHA-256 over values and labels in their order, in hexadecimal digits. */
    static String digest(ItemSet items) {
        MessageDigest sha = sha256();
        long every = 1 + (long) items.size() * items.space().dimensions() / MOST_VALUES;
        ByteBuffer bytes = ByteBuffer.allocate(4 * (items.space().dimensions() + 1));
        for (long i = 0; i < items.size(); i += every) {
            bytes.clear();
            for (int value : items.item((int) i)) {
                bytes.putInt(value);
            }
            sha.update(bytes.putInt(items.label((int) i)).flip());
        }
        return HexFormat.of().formatHex(sha.digest(), 0, 8);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}

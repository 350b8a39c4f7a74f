package dev.ardm.core.model;

import dev.ardm.core.Space;
import dev.ardm.core.network.NetworkKind;
import dev.ardm.core.output.Categorical;
import dev.ardm.core.output.Digits;
import dev.ardm.core.output.LogisticMixture;
import dev.ardm.core.output.OutputDistribution;
import dev.ardm.core.process.Autoregressive;
import dev.ardm.core.process.Given;
import dev.ardm.core.process.OrderAgnostic;
import dev.ardm.core.process.Process;
import dev.ardm.core.process.Upscale;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A model's definition as JSON. What is written goes into the id of a model, so members and their order stay as they are for
 * ever; what has its default is left out.
 */
final class DefinitionJson {
    static final ObjectMapper JSON = JsonMapper.builder()
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .build();

    private DefinitionJson() {}

    static String write(ModelDefinition definition) {
        ObjectNode node = JSON.createObjectNode();
        node.put("arithmetic", definition.arithmetic());
        writeProcess(definition.process(), node);
        Space space = definition.space();
        ObjectNode spaceNode = node.putObject("space");
        putInts(spaceNode, "shape", space.shape());
        putInts(spaceNode, "categories", space.categories());
        spaceNode.put("scale", space.scale().name().toLowerCase(Locale.ROOT));
        writeOutput(definition.output(), node);
        NetworkKind.write(definition.network(), node.putObject("network"));
        if (!definition.data().isEmpty()) {
            node.set("data", JSON.readTree(definition.data()));
        }
        return JSON.writeValueAsString(node);
    }

    private static void writeProcess(Process process, ObjectNode node) {
        if (process instanceof OrderAgnostic p && p.unitSize() == 1 && p.given().equals(Given.NOTHING)) {
            node.put("process", "order-agnostic");
            return;
        }
        ObjectNode out = node.putObject("process");
        if (process instanceof OrderAgnostic p) {
            out.put("kind", "order-agnostic");
            out.put("unit", p.unitSize());
        } else if (process instanceof Upscale p) {
            out.put("kind", "upscale");
            out.put("branching", p.branching());
        } else if (process instanceof Autoregressive p) {
            out.put("kind", "autoregressive");
            out.put("permuted", p.permuted());
        }
        putGiven(process.given(), out);
    }

    private static void putGiven(Given given, ObjectNode node) {
        if (given.count() > 0) {
            putInts(node, "given", given.units().stream().mapToInt(i -> i).toArray());
        }
        if (given.classes() > 0) {
            node.put("classes", given.classes());
        }
    }

    private static void writeOutput(OutputDistribution output, ObjectNode node) {
        if (output instanceof Digits digits) {
            ObjectNode out = node.putObject("output");
            out.put("kind", "digits");
            out.put("stages", digits.stages());
            out.put("branching", digits.branching());
        } else if (output instanceof LogisticMixture mixture) {
            ObjectNode out = node.putObject("output");
            out.put("kind", "logistic-mixture");
            out.put("components", mixture.components());
            out.put("channels", mixture.channels());
        }
    }

    /**
     * Reads a definition.
     *
     * @throws IllegalArgumentException if something in it is not known to this program or does not fit
     */
    static ModelDefinition read(JsonNode node) {
        Space space = Space.of(
                ints(node.path("space").path("shape")),
                ints(node.path("space").path("categories")),
                Space.Scale.valueOf(
                        node.path("space").path("scale").asString("").toUpperCase(Locale.ROOT)));
        Process process = process(node.path("process"), space);
        JsonNode data = node.path("data");
        return new ModelDefinition(
                node.path("arithmetic").asInt(-1),
                process,
                output(node.path("output"), process),
                NetworkKind.read(node.path("network")),
                data.isMissingNode() ? "" : JSON.writeValueAsString(data));
    }

    private static Process process(JsonNode node, Space space) {
        String kind = node.isString() ? node.asString() : node.path("kind").asString("");
        Given given = new Given(
                node.path("given").valueStream().map(v -> v.asInt(-1)).toList(),
                node.path("classes").asInt(node.has("classes") ? -1 : 0));
        if (kind.equals("autoregressive") && given.classes() > 0) {
            throw new IllegalArgumentException("an autoregressive process has no classes, got " + given.classes());
        }
        return switch (kind) {
            case "order-agnostic" -> new OrderAgnostic(space, node.path("unit").asInt(1), given);
            case "upscale" -> new Upscale(space, node.path("branching").asInt(0), given);
            case "autoregressive" ->
                new Autoregressive(space, node.path("permuted").asBoolean(false));
            default -> throw new IllegalArgumentException("process '" + kind + "' is not known to this program");
        };
    }

    private static OutputDistribution output(JsonNode node, Process process) {
        String kind = node.path("kind").asString("categorical");
        return switch (kind) {
            case "categorical" -> new Categorical(process.space().categories());
            case "digits" ->
                new Digits(node.path("stages").asInt(0), node.path("branching").asInt(0));
            case "logistic-mixture" ->
                new LogisticMixture(
                        node.path("components").asInt(0), node.path("channels").asInt(0));
            default ->
                throw new IllegalArgumentException("output distribution '" + kind + "' is not known to this program");
        };
    }

    static void putInts(ObjectNode node, String name, int[] values) {
        var array = node.putArray(name);
        for (int value : values) {
            array.add(value);
        }
    }

    static int[] ints(JsonNode node) {
        return node.valueStream().mapToInt(v -> v.asInt(-1)).toArray();
    }
}

package dev.ardm.app.report;

import dev.ardm.core.model.Model;
import dev.ardm.core.model.Plan;
import dev.ardm.data.png.PngText;
import java.util.HexFormat;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The text inside a generated picture from which it can be made again. */
public final class Provenance {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Provenance() {}

    /** A JSON object under the project's keyword. */
    public static Map<String, String> of(String made, Model model, Plan plan, long seed, int items) {
        ObjectNode node = JSON.createObjectNode();
        node.put("made", made);
        node.put("model", model.idText());
        node.put("arithmetic", model.arithmetic());
        node.put("seed", seed);
        node.put("items", items);
        node.put("calls", plan.calls());
        node.put("order", plan.describe());
        node.put("plan", HexFormat.of().formatHex(plan.toBytes()));
        return Map.of(PngText.KEYWORD, JSON.writeValueAsString(node));
    }
}

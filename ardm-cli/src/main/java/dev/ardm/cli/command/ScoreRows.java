package dev.ardm.cli.command;

import dev.ardm.app.Text;
import dev.ardm.app.report.Figure;
import dev.ardm.app.score.BitsMap;
import dev.ardm.core.Item;
import dev.ardm.core.model.Model;
import dev.ardm.core.model.Plan;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/** What is printed of scored items, one at a time. */
final class ScoreRows {
    private static final JsonMapper JSON =
            JsonMapper.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

    private final PrintWriter out;
    private final BitsMap bitsMap;
    private final @Nullable JsonGenerator generator;
    private int count;

    ScoreRows(PrintWriter out, boolean json, Model model, Plan plan, BitsMap bitsMap) {
        this.out = out;
        this.bitsMap = bitsMap;
        if (!json) {
            this.generator = null;
            out.println("item\tname\tvalues\tbits\tbits_per_dimension");
            return;
        }
        JsonGenerator to = JSON.createGenerator(out);
        this.generator = to;
        to.writeStartObject();
        to.writeStringProperty("model_id", model.idText());
        to.writeNumberProperty("calls", plan.calls());
        to.writeArrayPropertyStart("items");
    }

    /** Prints an item, and gives it to the map. */
    void accept(Item item, double[] bits) throws IOException {
        double sum = Arrays.stream(bits).sum();
        Figure.requireNumber(sum);
        int values = item.values().length;
        double each = values == 0 ? 0 : sum / values;
        if (generator == null) {
            out.println(String.format(
                    Locale.ROOT, "%d\t%s\t%d\t%.3f\t%.5f", count, Text.printable(item.name()), values, sum, each));
        } else {
            generator.writeStartObject();
            generator.writeNumberProperty("item", count);
            generator.writeStringProperty("name", item.name());
            generator.writeNumberProperty("values", values);
            generator.writeNumberProperty("bits", sum);
            generator.writeNumberProperty("bits_per_dimension", each);
            generator.writeEndObject();
        }
        bitsMap.add(count, item, bits);
        count++;
    }

    /** Ends what is printed. */
    void finish() {
        if (generator != null) {
            generator.writeEndArray();
            generator.writeEndObject();
            generator.close();
            out.println();
        }
    }
}

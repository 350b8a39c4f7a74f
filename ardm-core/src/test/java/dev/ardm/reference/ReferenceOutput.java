package dev.ardm.reference;

import static dev.ardm.reference.ReferenceDefinition.expect;

import java.io.IOException;
import tools.jackson.databind.JsonNode;

/**
 * What the outputs of a network for a unit are (arithmetic.md, Distributions).
 *
 * @param kind which of the three
 * @param size the number of outputs for a unit
 * @param components M of a mixture, else 0
 */
record ReferenceOutput(Kind kind, int size, int components) {

    enum Kind {
        CATEGORICAL,
        DIGITS,
        MIXTURE
    }

    private static final int MOST_COMPONENTS = 64;
    private static final int MOST_CHANNELS = 4;

    static ReferenceOutput read(JsonNode node, ReferenceProcess process, String scale) throws IOException {
        if (node == null) {
            expect(process.unit() == 1, "categorical distributions are of single variables");
            return new ReferenceOutput(Kind.CATEGORICAL, process.categories(), 0);
        }
        String kind = node.required("kind").stringValue();
        if (kind.equals("digits")) {
            int stages = node.required("stages").intValue();
            int branching = node.required("branching").intValue();
            expect(branching == process.branching() && stages == process.stages(), "digits");
            return new ReferenceOutput(Kind.DIGITS, stages * branching, 0);
        }
        expect(kind.equals("logistic-mixture") && scale.equals("ordered"), "output");
        int components = node.required("components").intValue();
        int channels = node.required("channels").intValue();
        expect(components >= 1 && components <= MOST_COMPONENTS, "components");
        expect(channels == process.unit() && channels <= MOST_CHANNELS, "channels");
        int pairs = channels * (channels - 1) / 2;
        return new ReferenceOutput(Kind.MIXTURE, components * (1 + 2 * channels + pairs), components);
    }
}

package dev.ardm.reference;

import static dev.ardm.reference.ReferenceArchive.require;

import dev.ardm.reference.ReferenceArchive.Item;
import java.util.Arrays;

/** Decodes the items of an archive with a model, both given as the bytes of their files. */
final class ReferenceDecoder {
    private final ReferenceArchive archive;
    private final ReferenceNetwork network;
    private final ReferencePlan plan;

    ReferenceDecoder(byte[] archiveFile, byte[] modelFile) {
        archive = new ReferenceArchive(archiveFile);
        ReferenceModel model = new ReferenceModel(modelFile);
        network = new ReferenceNetwork(model);
        plan = new ReferencePlan(archive.plan, archive.extents, archive.values());
        require(archive.arithmetic == 1, "arithmetic version");
        require(Arrays.equals(archive.modelId, model.id(network.parameters())), "id of the model");
        require(model.space().path("scale").asString().equals(archive.scale == 0 ? "ordered" : "nominal"), "scale");
    }

    int size() {
        return archive.items.size();
    }

    String name(int k) {
        return archive.items.get(k).name();
    }

    int[] item(int k) {
        Item item = archive.items.get(k);
        return item.stored() ? archive.unpack(item) : decode(item.bytes());
    }

    private int[] decode(byte[] stream) {
        ReferenceCoder coder = new ReferenceCoder(stream);
        int[] values = new int[archive.values()];
        boolean[] known = new boolean[values.length];
        for (int call = 0; call + 1 < plan.calls.size(); call++) {
            float[] logits = network.logits(values, known.clone());
            for (int step = plan.calls.get(call); step < plan.calls.get(call + 1); step++) {
                int position = plan.order.get(step);
                int categories = archive.categoriesOf(position);
                values[position] = coder.pop(ReferenceCoder.frequencies(logits, position * categories, categories));
                known[position] = true;
            }
        }
        coder.close(ReferenceArchive.check(values));
        return values;
    }
}

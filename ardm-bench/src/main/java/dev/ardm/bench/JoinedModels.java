package dev.ardm.bench;

import dev.ardm.coding.internal.file.AtomicFile;
import dev.ardm.core.family.Models;
import dev.ardm.core.model.Model;
import dev.ardm.core.model.ModelFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Makes a pair of two model files: one that stores, and one that fills in. Usage: STORING FILLING OUT. */
public final class JoinedModels {
    private JoinedModels() {}

    public static void main(String[] arguments) throws IOException {
        Model storing = Models.read(Path.of(arguments[0]));
        Model filling = Models.read(Path.of(arguments[1]));
        Map<String, String> provenance = new TreeMap<>();
        provenance.put("made", "of two models, which have their own provenance");
        Model pair = Models.pair(storing, filling, provenance);
        AtomicFile.write(Path.of(arguments[2]), false, out -> ModelFile.writeCoded(pair, out));
    }
}

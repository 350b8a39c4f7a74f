package dev.ardm.bench;

import dev.ardm.coding.internal.read.ArchiveReader;
import dev.ardm.core.family.Models;
import dev.ardm.core.masking.MaskingModel;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Decodes an archive with only the decoder's jars, and prints the most memory that this process ever had. */
public final class PeakMemory {
    private static final int CHUNK = 256;

    private PeakMemory() {}

    /** Arguments: model, archive, threads. Prints kibibytes, or 0 if the system does not report it. */
    public static void main(String[] args) throws IOException {
        LikelihoodModel model = MaskingModel.of(Models.read(Path.of(args[0]))).open(Integer.parseInt(args[2]));
        try (ArchiveReader reader = ArchiveReader.open(Path.of(args[1]))) {
            reader.header().requireModel(model.model().id());
            Plan plan = model.readPlan(reader.header().plan());
            for (int from = 0; from < reader.size(); from += CHUNK) {
                List<byte[]> streams = new ArrayList<>();
                for (int k = from; k < Math.min(reader.size(), from + CHUNK); k++) {
                    streams.add(java.util.Objects.requireNonNull(reader.item(k).stream()));
                }
                for (var item : model.decode(streams, plan, LikelihoodModel.NO_PROGRESS)) {
                    if (item.isEmpty()) {
                        throw new IOException(args[1] + ": an item does not decode");
                    }
                }
            }
        }
        System.out.println(kibibytes());
    }

    /** The most memory that this process had so far; 0 if the system does not report it. */
    public static long kibibytes() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return 0;
        }
        for (String line : Files.readAllLines(status)) {
            if (line.startsWith("VmHWM:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", ""));
            }
        }
        return 0;
    }
}

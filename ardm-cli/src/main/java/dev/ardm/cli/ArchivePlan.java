package dev.ardm.cli;

import dev.ardm.coding.ArchiveHeader;
import dev.ardm.coding.DamagedException;
import dev.ardm.core.Space;
import dev.ardm.core.plan.Plan;
import dev.ardm.core.process.Process;
import java.nio.file.Path;

/** Reads out of an archive's header what the container does not interpret. */
final class ArchivePlan {
    private ArchivePlan() {}

    /** A process has at most 16 stages: 16 binary digits of 2^16 values. */
    private static final int MOST_STAGES = 16;

    /** The plan that the items were coded with. */
    static Plan of(Path file, ArchiveHeader header, Process process) throws DamagedException {
        try {
            return Plan.fromBytes(header.plan(), process);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw damaged(file, "plan: " + e.getMessage());
        }
    }

    /** The plan as far as it can be read without the model: the number of steps in all is a guess. */
    static Plan withoutModel(Path file, ArchiveHeader header) throws DamagedException {
        try {
            return Plan.fromBytes(header.plan(), Math.multiplyExact(MOST_STAGES, header.values()));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw damaged(file, "plan: " + e.getMessage());
        }
    }

    /** The space of the items. */
    static Space space(Path file, ArchiveHeader header) throws DamagedException {
        try {
            if (header.scale() >= Space.Scale.values().length) {
                throw new IllegalArgumentException("unknown scale " + header.scale());
            }
            return Space.of(header.extents(), header.categories(), Space.Scale.values()[header.scale()]);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw damaged(file, "space: " + e.getMessage());
        }
    }

    static DamagedException damaged(Path file, String reason) {
        return new DamagedException(file.toString(), -1, -1, "header: " + reason, "");
    }
}

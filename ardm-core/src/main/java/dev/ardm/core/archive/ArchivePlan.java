package dev.ardm.core.archive;

import dev.ardm.coding.error.ArchiveException;
import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.format.ArchiveHeader;
import dev.ardm.core.Space;
import dev.ardm.core.model.ArithmeticVersions;
import dev.ardm.core.model.LikelihoodModel;
import dev.ardm.core.model.ModelFamilies;
import dev.ardm.core.model.Plan;
import java.nio.file.Path;

/** Reads the parts of a header that the container does not interpret: the plan, the space, and whether a model fits. */
public final class ArchivePlan {
    private ArchivePlan() {}

    /**
     * The plan that the items were coded with.
     *
     * @param file the archive, for messages
     * @throws DamagedException if the header has no plan, or none for this model
     */
    public static Plan of(Path file, ArchiveHeader header, LikelihoodModel model) throws DamagedException {
        try {
            return model.readPlan(header.plan());
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw damaged(file, "plan: " + e.getMessage());
        }
    }

    /**
     * The plan as far as it can be read without the model.
     *
     * @param families those whose plan it may be
     * @throws DamagedException if the header has none
     */
    public static Plan withoutModel(Path file, ArchiveHeader header, ModelFamilies families) throws DamagedException {
        try {
            return families.readPlan(header.plan(), header.values());
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw damaged(file, "plan: " + e.getMessage());
        }
    }

    /**
     * The space of the items.
     *
     * @throws DamagedException if the header has none
     */
    public static Space space(Path file, ArchiveHeader header) throws DamagedException {
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

    /** Refuses an arithmetic that this program does not know. */
    static void requireArithmetic(Path file, ArchiveHeader header) throws ArchiveException {
        header.requireArithmetic(ArithmeticVersions.NEWEST);
        if (header.arithmeticVersion() < 1) {
            throw damaged(file, "arithmetic version " + header.arithmeticVersion());
        }
    }

    /**
     * The plan of an archive, or of a part of it, after checking that it can be decoded with a model.
     *
     * @throws dev.ardm.coding.error.NewerVersionException if it needs a newer arithmetic
     * @throws dev.ardm.coding.error.WrongModelException if it needs another model
     * @throws DamagedException if the header is impossible, or contradicts the model it names
     */
    public static Plan checked(Path file, ArchiveHeader header, LikelihoodModel model) throws ArchiveException {
        requireArithmetic(file, header);
        header.requireModel(model.id());
        Space space = space(file, header);
        if (!space.equals(model.space())) {
            throw damaged(file, "items of " + space + ", but the model has items of " + model.space());
        }
        return of(file, header, model);
    }

    /** The header of an archive of a model's items. */
    public static ArchiveHeader header(LikelihoodModel model, Plan plan) {
        Space space = model.space();
        return new ArchiveHeader(
                model.model().arithmetic(),
                model.id(),
                space.shape(),
                space.categories(),
                space.scale().ordinal(),
                plan.toBytes());
    }
}

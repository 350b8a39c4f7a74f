package dev.ardm.reference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Decodes the items of an archive: plain and slow, written from format.md and arithmetic.md alone. */
public final class ReferenceDecoder {

    private final ReferenceArchive archive;
    private final ReferencePlan plan;
    private final ReferenceNetwork network;
    private final int categories;

    private ReferenceDecoder(ReferenceArchive archive, ReferencePlan plan, ReferenceModel model) {
        this.archive = archive;
        this.plan = plan;
        this.network = new ReferenceNetwork(model);
        this.categories = model.definition().categories();
    }

    /** Opens an archive with its model; looks at everything but the payload. */
    public static ReferenceDecoder open(Path archive, Path model) throws IOException {
        return of(Files.readAllBytes(archive), ReferenceModel.read(Files.readAllBytes(model)));
    }

    static ReferenceDecoder of(byte[] file, ReferenceModel model) throws ReferenceException {
        ReferenceArchive archive = new ReferenceArchive(file);
        ReferenceHeader header = archive.header();
        model.checkFits(header);
        ReferencePlan plan = ReferencePlan.read(header.plan(), header.extents(), header.size());
        return new ReferenceDecoder(archive, plan, model);
    }

    /** Returns the number of items. */
    public int size() {
        return archive.items();
    }

    /** Returns the name of an item, if it has one. */
    public Optional<String> name(int k) {
        Objects.checkIndex(k, size());
        return Optional.of(archive.name(k)).filter(name -> !name.isEmpty());
    }

    /** Returns the numbers of the blocks of the payload that are damaged, which needs no model. */
    public List<Integer> damagedBlocks() {
        return archive.damagedBlocks();
    }

    /** Decodes an item, or finds that it is damaged. */
    public int[] item(int k) throws ReferenceException {
        Objects.checkIndex(k, size());
        if (archive.isStored(k)) {
            return archive.storedItem(k);
        }
        ReferenceCoder coder = ReferenceCoder.of(archive.bytes(k));
        int[] values = new int[archive.header().size()];
        boolean[] known = new boolean[values.length];
        int[] calls = plan.calls();
        for (int j = 0; j < calls.length - 1; j++) {
            float[] logits = logits(values, known);
            for (int step = calls[j]; step < calls[j + 1]; step++) {
                int position = plan.order()[step];
                values[position] = coder.pop(ReferenceMath.law(logits, position * categories, categories));
                known[position] = true;
            }
        }
        if (!coder.startedFrom(ReferenceArchive.check(values))) {
            throw ReferenceException.damaged("the check bits of item " + k + " do not fit");
        }
        return values;
    }

    /** Returns the logits of all variables, K for each position, when some of the values are known. */
    public float[] logits(int[] values, boolean[] known) {
        return network.logits(values, known);
    }
}

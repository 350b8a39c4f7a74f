package dev.ardm.reference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/** Decodes the items of an archive: plain and slow, written from format.md and arithmetic.md alone. */
public final class ReferenceDecoder {

    private final ReferenceArchive archive;
    private final ReferencePlan plan;
    private final ReferenceNetwork network;
    private final ReferenceUnits units;
    private final ReferenceDefinition definition;

    private ReferenceDecoder(ReferenceArchive archive, ReferencePlan plan, ReferenceModel model) {
        this.archive = archive;
        this.plan = plan;
        this.network = new ReferenceNetwork(model);
        this.units = new ReferenceUnits(model.definition());
        this.definition = model.definition();
    }

    /** Opens an archive with its model; looks at everything but the payload. */
    public static ReferenceDecoder open(Path archive, Path model) throws IOException {
        return of(Files.readAllBytes(archive), ReferenceModel.read(Files.readAllBytes(model)));
    }

    static ReferenceDecoder of(byte[] file, ReferenceModel model) throws ReferenceException {
        ReferenceArchive archive = new ReferenceArchive(file);
        ReferenceHeader header = archive.header();
        model.checkFits(header);
        ReferencePlan plan = ReferencePlan.read(header.plan(), model.definition());
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

    /** Returns whether the frame of an item is damaged, which needs no model. */
    public boolean inDamagedFrame(int k) {
        return archive.inDamagedFrame(k);
    }

    /** Decodes an item, or finds that it is damaged. */
    public int[] item(int k) throws ReferenceException {
        Objects.checkIndex(k, size());
        if (archive.isStored(k)) {
            return archive.storedItem(k);
        }
        return coded(archive.bytes(k), archive.header().size(), plan, definition.units());
    }

    /** Decodes a sequence that is shorter than a window, of a network with ends, without side information. */
    int[] sequence(byte[] stream, int length) throws ReferenceException {
        return coded(stream, length, plan.scaledTo(length, definition), length);
    }

    private int[] coded(byte[] stream, int length, ReferencePlan plan, int n) throws ReferenceException {
        ReferenceCoder coder = ReferenceCoder.of(stream);
        int[] values = new int[length];
        boolean[] known = new boolean[values.length];
        int[] calls = plan.calls();
        for (int j = 0; j < calls.length - 1; j++) {
            int stage = calls[j] / n;
            if (calls[j] % n == 0) {
                Arrays.fill(known, false);
            }
            float[] outputs = outputs(values, known, stage);
            for (int step = calls[j]; step < calls[j + 1]; step++) {
                int unit = plan.order()[step % n];
                int at = unit * definition.output().size();
                units.tell(outputs, at, values, unit, stage, (distribution, symbol) -> coder.pop(distribution));
                int first = unit * definition.process().unit();
                Arrays.fill(known, first, first + definition.process().unit(), true);
            }
        }
        if (!coder.startedFrom(ReferenceArchive.check(values))) {
            throw ReferenceException.damaged("the check bits do not fit");
        }
        return values;
    }

    /** Returns the outputs for all units, one after the other, when some of the values are known. */
    public float[] outputs(int[] values, boolean[] known, int stage) {
        return network.outputs(values, known, stage);
    }
}

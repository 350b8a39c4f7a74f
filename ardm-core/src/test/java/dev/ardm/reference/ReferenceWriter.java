package dev.ardm.reference;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Writes archives with the parts of the reference decoder: what format.md asks of a writer. */
final class ReferenceWriter {

    private static final int SHORTEST_CHECK = 7;
    private static final int LONGEST_CHECK = 30;
    private static final int RUN = 16;

    private final ReferenceModel model;
    private final ReferenceNetwork network;
    private final ReferencePlan plan;
    private final int size;
    private final ByteArrayOutputStream header = new ByteArrayOutputStream();
    private final ByteArrayOutputStream payload = new ByteArrayOutputStream();
    private final ByteArrayOutputStream entries = new ByteArrayOutputStream();
    private final ByteArrayOutputStream names = new ByteArrayOutputStream();
    private boolean named;
    private byte[] lastName = {};
    private int items;

    ReferenceWriter(ReferenceModel model, byte[] planBytes) throws ReferenceException {
        this.model = model;
        this.network = new ReferenceNetwork(model);
        int[] extents = model.definition().shape();
        this.size = model.definition().size();
        this.plan = ReferencePlan.read(planBytes, model.definition());
        writeHeader(extents, planBytes);
    }

    /** Returns the bytes of a plan in the spread order. */
    static byte[] spread(int... starts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(0);
        calls(out, starts);
        return out.toByteArray();
    }

    /** Returns the bytes of a plan in the natural order. */
    static byte[] natural(int... starts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(2);
        calls(out, starts);
        return out.toByteArray();
    }

    /** Returns the bytes of a plan in the random order of a seed. */
    static byte[] random(long seed, int... starts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(1);
        unsigned(out, seed, 8);
        calls(out, starts);
        return out.toByteArray();
    }

    private static void calls(ByteArrayOutputStream out, int[] starts) {
        varint(out, starts.length);
        for (int j = 1; j < starts.length; j++) {
            varint(out, starts[j] - starts[j - 1]);
        }
    }

    private void writeHeader(int[] extents, byte[] planBytes) {
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        rest.writeBytes(model.id());
        varint(rest, extents.length);
        for (int extent : extents) {
            varint(rest, extent);
        }
        varint(rest, 1);
        varint(rest, model.definition().categories());
        rest.write(model.definition().scale());
        varint(rest, planBytes.length);
        rest.writeBytes(planBytes);
        header.writeBytes(ReferenceHeader.MAGIC);
        unsigned(header, ReferenceHeader.FORMAT_VERSION, 2);
        unsigned(header, ReferenceHeader.ARITHMETIC_VERSION, 2);
        unsigned(header, 0, 4);
        unsigned(header, 20 + rest.size() + 4, 4);
        header.writeBytes(rest.toByteArray());
        crc(header);
    }

    void addCoded(int[] item, String name) {
        add(coded(item), 0, name);
    }

    void addStored(int[] item, String name) {
        add(stored(item), 1, name);
    }

    private void add(byte[] bytes, int flag, String name) {
        payload.writeBytes(bytes);
        varint(entries, 2L * bytes.length + flag);
        addName(name.getBytes(StandardCharsets.UTF_8));
        items++;
    }

    private void addName(byte[] name) {
        int most = Math.min(name.length, lastName.length);
        int p = 0;
        int s = 0;
        if (items % RUN != 0) {
            while (p < most && name[p] == lastName[p]) {
                p++;
            }
            while (s < most - p && name[name.length - 1 - s] == lastName[lastName.length - 1 - s]) {
                s++;
            }
            varint(names, p);
            varint(names, s);
        }
        varint(names, name.length - p - s);
        names.write(name, p, name.length - p - s);
        lastName = name;
        named |= name.length > 0;
    }

    /** Returns the stream of an item: tries every number of check bits, and keeps the largest that costs nothing. */
    byte[] coded(int[] item) {
        ReferenceDefinition definition = model.definition();
        ReferenceUnits units = new ReferenceUnits(definition);
        List<ReferenceLaw> laws = new ArrayList<>();
        List<Integer> symbols = new ArrayList<>();
        boolean[] known = new boolean[size];
        for (int j = 0; j < plan.calls().length - 1; j++) {
            int stage = plan.calls()[j] / definition.units();
            if (plan.calls()[j] % definition.units() == 0) {
                Arrays.fill(known, false);
            }
            float[] outputs = network.outputs(item, known, stage);
            for (int step = plan.calls()[j]; step < plan.calls()[j + 1]; step++) {
                int unit = plan.order()[step % definition.units()];
                int at = unit * definition.output().size();
                units.tell(outputs, at, item, unit, stage, (law, symbol) -> {
                    laws.add(law);
                    symbols.add(symbol);
                    return symbol;
                });
                int first = unit * definition.process().unit();
                Arrays.fill(known, first, first + definition.process().unit(), true);
            }
        }
        byte[] best = {};
        int shortest = 0;
        for (int c = SHORTEST_CHECK; c <= LONGEST_CHECK; c++) {
            long one = 1L << c;
            ReferenceCoder coder = new ReferenceCoder(one + (ReferenceArchive.check(item) & (one - 1)));
            for (int i = laws.size() - 1; i >= 0; i--) {
                coder.push(laws.get(i), symbols.get(i));
            }
            byte[] stream = coder.toBytes();
            if (c == SHORTEST_CHECK) {
                shortest = stream.length;
            }
            if (stream.length <= shortest) {
                best = stream;
            }
        }
        return best;
    }

    private byte[] stored(int[] item) {
        int width = 32 - Integer.numberOfLeadingZeros(model.definition().categories() - 1);
        byte[] bits = new byte[(size * width + 7) / 8];
        for (int j = 0; j < size * width; j++) {
            bits[j / 8] |= (byte) ((item[j / width] >> (j % width) & 1) << (j % 8));
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(bits);
        unsigned(out, ReferenceArchive.check(item), 4);
        return out.toByteArray();
    }

    byte[] toBytes() {
        ByteArrayOutputStream index = new ByteArrayOutputStream();
        unsigned(index, named ? 1 : 0, 4);
        index.writeBytes(entries.toByteArray());
        byte[] content = payload.toByteArray();
        for (int from = 0; from < content.length; from += ReferenceIndex.BLOCK) {
            int to = Math.min(from + ReferenceIndex.BLOCK, content.length);
            unsigned(index, ReferenceInput.crc(content, from, to), 4);
        }
        if (named) {
            index.writeBytes(names.toByteArray());
        }
        crc(index);
        ByteArrayOutputStream footer = new ByteArrayOutputStream();
        unsigned(footer, header.size() + content.length, 8);
        unsigned(footer, index.size(), 8);
        unsigned(footer, items, 4);
        unsigned(footer, ReferenceHeader.FORMAT_VERSION, 2);
        unsigned(footer, 0, 2);
        footer.writeBytes(ReferenceHeader.MAGIC);
        crc(footer);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(header.toByteArray());
        file.writeBytes(content);
        file.writeBytes(index.toByteArray());
        file.writeBytes(footer.toByteArray());
        return file.toByteArray();
    }

    /** Ends a part with the CRC of its bytes so far. */
    private static void crc(ByteArrayOutputStream part) {
        unsigned(part, ReferenceInput.crc(part.toByteArray(), 0, part.size()), 4);
    }

    private static void unsigned(ByteArrayOutputStream out, long value, int size) {
        for (int i = 0; i < size; i++) {
            out.write((int) (value >>> (8 * i)));
        }
    }

    private static void varint(ByteArrayOutputStream out, long value) {
        long rest = value;
        while (rest >= 128) {
            out.write((int) (rest & 127 | 128));
            rest >>>= 7;
        }
        out.write((int) rest);
    }
}

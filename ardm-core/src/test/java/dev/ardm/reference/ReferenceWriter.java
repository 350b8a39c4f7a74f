package dev.ardm.reference;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
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
    private final ByteArrayOutputStream frames = new ByteArrayOutputStream();
    private final ByteArrayOutputStream entries = new ByteArrayOutputStream();
    private final ByteArrayOutputStream payload = new ByteArrayOutputStream();
    private final List<Integer> lengths = new ArrayList<>();
    private final List<Integer> flags = new ArrayList<>();
    private final List<byte[]> names = new ArrayList<>();
    private int frameCount;
    private int items;
    private long allPayload;

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
        lengths.add(bytes.length);
        flags.add(flag);
        names.add(name.getBytes(StandardCharsets.UTF_8));
        if (payload.size() >= 65536 || lengths.size() == 1024) {
            endFrame();
        }
    }

    /** Section Frames. */
    private void endFrame() {
        if (lengths.isEmpty()) {
            return;
        }
        boolean named = names.stream().anyMatch(name -> name.length > 0);
        boolean stored = flags.contains(1);
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        varint(rest, items);
        varint(rest, lengths.size());
        rest.write((named ? 1 : 0) + (stored ? 4 : 0));
        writeLengths(rest);
        if (stored) {
            StringBuilder bits = new StringBuilder();
            flags.forEach(bits::append);
            bits(rest, bits);
        }
        if (named) {
            writeNames(rest);
        }
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        head.writeBytes(new byte[] {(byte) 0xF7, 'A', 'R', 'F'});
        unsigned(head, 32L + rest.size(), 4);
        unsigned(head, payload.size(), 8);
        unsigned(head, 1, 4);
        head.write(header.toByteArray(), header.size() - 4, 4);
        unsigned(head, ReferenceInput.crc(payload.toByteArray(), 0, payload.size()), 4);
        head.writeBytes(rest.toByteArray());
        crc(head);
        frames.writeBytes(head.toByteArray());
        frames.writeBytes(payload.toByteArray());
        varint(entries, 0);
        entries.writeBytes(head.toByteArray());
        frameCount++;
        items += lengths.size();
        allPayload += payload.size();
        payload.reset();
        lengths.clear();
        flags.clear();
        names.clear();
    }

    /** The bits of every parameter, of which the shortest are taken. */
    private void writeLengths(ByteArrayOutputStream out) {
        int least = Collections.min(lengths);
        StringBuilder best = new StringBuilder();
        int parameter = -1;
        for (int k = 0; k <= 30; k++) {
            StringBuilder bits = new StringBuilder();
            for (int length : lengths) {
                int rest = length - least;
                bits.append("1".repeat(rest >> k)).append('0');
                for (int i = 0; i < k; i++) {
                    bits.append(rest >> i & 1);
                }
            }
            if (parameter < 0 || bits.length() < best.length()) {
                best = bits;
                parameter = k;
            }
        }
        varint(out, least);
        out.write(parameter);
        bits(out, best);
    }

    private static void bits(ByteArrayOutputStream out, StringBuilder bits) {
        while (bits.length() % 8 != 0) {
            bits.append('0');
        }
        for (int i = 0; i < bits.length(); i += 8) {
            out.write(Integer.parseInt(
                    new StringBuilder(bits.substring(i, i + 8)).reverse().toString(), 2));
        }
    }

    private void writeNames(ByteArrayOutputStream out) {
        byte[] last = {};
        for (int k = 0; k < names.size(); k++) {
            byte[] name = names.get(k);
            int most = Math.min(name.length, last.length);
            int p = 0;
            int s = 0;
            if (k % RUN != 0) {
                while (p < most && name[p] == last[p]) {
                    p++;
                }
                while (s < most - p && name[name.length - 1 - s] == last[last.length - 1 - s]) {
                    s++;
                }
                varint(out, p);
                varint(out, s);
            }
            varint(out, name.length - p - s);
            out.write(name, p, name.length - p - s);
            last = name;
        }
    }

    /** Returns the stream of an item: tries every number of check bits, and keeps the largest that costs nothing. */
    byte[] coded(int[] item) {
        ReferenceDefinition definition = model.definition();
        ReferenceUnits units = new ReferenceUnits(definition);
        List<ReferenceDistribution> distributions = new ArrayList<>();
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
                units.tell(outputs, at, item, unit, stage, (distribution, symbol) -> {
                    distributions.add(distribution);
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
            for (int i = distributions.size() - 1; i >= 0; i--) {
                coder.push(distributions.get(i), symbols.get(i));
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
        endFrame();
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        boolean copy = allPayload >= 16384;
        content.write(copy ? 1 : 0);
        if (copy) {
            varint(content, header.size());
            content.writeBytes(header.toByteArray());
        }
        varint(content, frameCount);
        content.writeBytes(entries.toByteArray());
        ByteArrayOutputStream table = new ByteArrayOutputStream();
        table.writeBytes(new byte[] {(byte) 0xF7, 'A', 'R', 'T'});
        unsigned(table, 16L + content.size(), 8);
        table.writeBytes(content.toByteArray());
        crc(table);
        ByteArrayOutputStream footer = new ByteArrayOutputStream();
        unsigned(footer, table.size(), 8);
        unsigned(footer, 40L + header.size() + frames.size() + table.size(), 8);
        unsigned(footer, items, 8);
        unsigned(footer, ReferenceHeader.FORMAT_VERSION, 2);
        unsigned(footer, 0, 2);
        footer.writeBytes(ReferenceHeader.MAGIC);
        crc(footer);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(header.toByteArray());
        file.writeBytes(frames.toByteArray());
        file.writeBytes(table.toByteArray());
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

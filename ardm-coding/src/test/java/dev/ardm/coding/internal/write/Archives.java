package dev.ardm.coding.internal.write;

import dev.ardm.coding.AnsStack;
import dev.ardm.coding.CheckedStream;
import dev.ardm.coding.Codec;
import dev.ardm.coding.Distribution;
import dev.ardm.coding.TableDistribution;
import dev.ardm.coding.error.DamagedException;
import dev.ardm.coding.format.ArchiveFormat;
import dev.ardm.coding.format.ArchiveHeader;
import dev.ardm.coding.format.ArchivedItem;
import dev.ardm.coding.format.Footer;
import dev.ardm.coding.format.ItemLabel;
import dev.ardm.coding.internal.read.ArchiveReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32C;

/** A small archive for tests: three values of 5, 256 and 1 categories, twice. */
public final class Archives {
    private static final int[] CATEGORIES = {5, 256, 1};

    private Archives() {}

    public static byte[] modelId(int seed) {
        byte[] id = new byte[ArchiveFormat.MODEL_ID_BYTES];
        for (int k = 0; k < id.length; k++) {
            id[k] = (byte) (seed + k * 7);
        }
        return id;
    }

    public static ArchiveHeader header() {
        return new ArchiveHeader(3, modelId(1), new int[] {2, 3}, CATEGORIES, 1, new byte[] {9, 8, 7});
    }

    public static int[] item(int k) {
        Random random = new Random(k);
        int[] item = new int[6];
        Arrays.setAll(item, i -> random.nextInt(CATEGORIES[i % 3]));
        return item;
    }

    static boolean isStored(int k) {
        return k % 4 == 3;
    }

    static Distribution distribution(int i) {
        return TableDistribution.uniform(CATEGORIES[i % 3], 24);
    }

    static byte[] encode(int[] item) {
        return CheckedStream.encode(new ItemCodec(), item, CheckedStream.checkOf(item));
    }

    static int[] decode(byte[] bytes) throws DamagedException {
        AnsStack stack = CheckedStream.open(bytes, 0, bytes.length);
        int[] item = new ItemCodec().pop(stack);
        CheckedStream.close(stack, CheckedStream.checkOf(item));
        return item;
    }

    private static final class ItemCodec implements Codec<int[]> {
        @Override
        public void push(AnsStack stack, int[] symbol) {
            for (int i = 5; i >= 0; i--) {
                stack.push(distribution(i), symbol[i]);
            }
        }

        @Override
        public int[] pop(AnsStack stack) {
            int[] item = new int[6];
            Arrays.setAll(item, i -> stack.pop(distribution(i)));
            return item;
        }
    }

    public static String name(int k) {
        return k % 5 == 4 ? "" : "folder/bild-ä-" + (1000 + k) + ".png";
    }

    public static byte[] write(Path path, int items, boolean names) throws IOException {
        try (ArchiveWriter writer = ArchiveWriter.create(path, header(), true)) {
            for (int k = 0; k < items; k++) {
                String name = names ? name(k) : "";
                if (isStored(k)) {
                    writer.add(ArchivedItem.stored(new byte[0], new int[0], item(k)), ItemLabel.named(name));
                } else {
                    writer.add(encode(item(k)), ItemLabel.named(name));
                }
            }
            writer.commit();
        }
        return Files.readAllBytes(path);
    }

    public static int[] read(ArchiveReader reader, int k) throws IOException {
        if (reader.entry(k).stored()) {
            return reader.item(k).values();
        }
        try {
            return decode(reader.item(k).stream());
        } catch (DamagedException e) {
            throw reader.damage(k, e);
        }
    }

    /** A number in the bytes of a file. */
    public static long number(byte[] file, int at, int length) {
        long number = 0;
        for (int k = length - 1; k >= 0; k--) {
            number = number << 8 | file[at + k] & 0xFF;
        }
        return number;
    }

    /** Where the table begins in a file of one segment. */
    public static int tableAt(byte[] file) {
        return file.length - Footer.BYTES - (int) number(file, file.length - Footer.BYTES, 8);
    }

    /** Puts right the checksum that ends a part of a file. */
    public static void repair(byte[] file, int from, int to) {
        CRC32C crc = new CRC32C();
        crc.update(file, from, to - 4 - from);
        for (int k = 0; k < 4; k++) {
            file[to - 4 + k] = (byte) (crc.getValue() >>> 8 * k);
        }
    }
}

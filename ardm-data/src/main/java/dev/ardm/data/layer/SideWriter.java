package dev.ardm.data.layer;

import java.io.ByteArrayOutputStream;

/** Writes what is stored in addition to the layers of an image. */
final class SideWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    SideWriter number(int value) {
        out.write(value);
        return this;
    }

    /** A number from 0 on, in groups of seven bits, low groups first, all but the last with the top bit set. */
    SideWriter varint(int value) {
        int rest = value;
        for (; rest >= 0x80; rest >>>= 7) {
            out.write(rest & 0x7F | 0x80);
        }
        out.write(rest);
        return this;
    }

    /** Bytes as they are. */
    SideWriter raw(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    /** Bytes with their length before them. */
    SideWriter bytes(byte[] bytes) {
        return varint(bytes.length).raw(bytes);
    }

    byte[] toBytes() {
        return out.toByteArray();
    }
}

package dev.ardm.data.format.sequence;

import dev.ardm.core.Space;
import dev.ardm.data.DataException;
import dev.ardm.data.format.FormatFamily;
import dev.ardm.data.format.FormatOptions;
import dev.ardm.data.format.InputFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Any file: a symbol is a byte. */
public final class ByteCodec implements SequenceCodec {
    private static final int DEFAULT_WINDOW = 256;

    /** Makes formats of kind {@code bytes}. */
    public static final class Family implements FormatFamily {
        @Override
        public SequenceFormat fit(List<Path> paths, FormatOptions options) throws IOException {
            return SequenceFormat.of(new ByteCodec(), options, DEFAULT_WINDOW);
        }

        @Override
        public SequenceFormat read(JsonNode definition) throws DataException {
            return SequenceFormat.of(new ByteCodec(), definition);
        }
    }

    @Override
    public String kind() {
        return "bytes";
    }

    @Override
    public String extension() {
        return ".bin";
    }

    @Override
    public int categories() {
        return 256;
    }

    @Override
    public Space.Scale scale() {
        return Space.Scale.NOMINAL;
    }

    @Override
    public int paddingValue() {
        return 0;
    }

    @Override
    public int symbolsPerFrame() {
        return 1;
    }

    @Override
    public void define(ObjectNode definition) {}

    @Override
    public boolean wants(String name) {
        return true;
    }

    @Override
    public InputFile.Gzip gzipOfDocuments() {
        return InputFile.Gzip.KEEP;
    }

    @Override
    public boolean opensZips() {
        return false;
    }

    @Override
    public boolean lossless() {
        return true;
    }

    @Override
    public byte[] read(String place, InputStream in, SymbolSequence.Builder symbols) throws IOException {
        byte[] buffer = new byte[1 << 16];
        for (int got = in.read(buffer); got >= 0; got = in.read(buffer)) {
            for (int i = 0; i < got; i++) {
                symbols.add(buffer[i] & 0xFF);
            }
        }
        return new byte[0];
    }

    @Override
    public void write(String place, int[] values, byte[] side, OutputStream out) throws IOException {
        if (side.length > 0) {
            throw DataException.in(place, "has " + side.length + " bytes of side information, which bytes never have");
        }
        byte[] buffer = new byte[1 << 16];
        for (int at = 0; at < values.length; at += buffer.length) {
            int count = Math.min(buffer.length, values.length - at);
            for (int i = 0; i < count; i++) {
                buffer[i] = (byte) values[at + i];
            }
            out.write(buffer, 0, count);
        }
    }
}

package dev.ardm.data.format.sequence;

import dev.ardm.data.DataException;
import dev.ardm.data.format.DataFormat;
import dev.ardm.data.format.Definitions;
import dev.ardm.data.format.FormatFamily;
import dev.ardm.data.format.FormatOptions;
import dev.ardm.data.format.InputFile;
import dev.ardm.data.format.InputFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Makes formats of kind {@code wav}, or of the kind that compands.
 *
 * @param alwaysMuLaw whether it is the latter
 */
public record WavFamily(boolean alwaysMuLaw) implements FormatFamily {
    private static final int DEFAULT_FRAMES = 1024;
    private static final int MAX_CHANNELS = (1 << 16) - 1;

    /** Option {@code mu-law} in addition to those of all sequences; bits, channels and rate are those of the files. */
    @Override
    public DataFormat fit(List<Path> paths, FormatOptions options) throws IOException {
        boolean muLaw = options.flag("mu-law") || alwaysMuLaw;
        InputFiles.Choice choice = new InputFiles.Choice(
                WavCodec::isWavName, options.pattern("names").orElse(null), true);
        @Nullable WavCodec codec = null;
        try (InputFiles files = InputFiles.of(paths, choice)) {
            for (InputFile file : files.files()) {
                WavHeader header = header(file);
                if (codec == null) {
                    codec = codec(file, header, muLaw);
                }
                codec.require(file.place(), header);
            }
        }
        if (codec == null) {
            throw new IllegalStateException("no files, and no error");
        }
        return SequenceFormat.of(codec, options, DEFAULT_FRAMES * codec.channels());
    }

    private static WavHeader header(InputFile file) throws IOException {
        try (InputStream in = file.open(InputFile.Gzip.UNPACK)) {
            return WavHeader.read(file.place(), in);
        }
    }

    private static WavCodec codec(InputFile file, WavHeader header, boolean muLaw) throws DataException {
        if (muLaw && header.bits() != 16) {
            throw DataException.in(file.place(), "has 8 bits a sample; mu-law is for 16");
        }
        return new WavCodec(header.bits(), header.channels(), header.rate(), muLaw);
    }

    @Override
    public DataFormat read(JsonNode definition) throws DataException {
        int bits = Definitions.integer(definition, "bits", 8, 16);
        if (bits != 16 && (bits != 8 || alwaysMuLaw)) {
            throw new DataException("malformed definition: " + bits + " bits a sample");
        }
        WavCodec codec = new WavCodec(
                bits,
                Definitions.integer(definition, "channels", 1, MAX_CHANNELS),
                Definitions.integer(definition, "rate", 1, Integer.MAX_VALUE),
                alwaysMuLaw);
        return SequenceFormat.of(codec, definition);
    }
}

package dev.ardm.cli;

import dev.ardm.core.Space;
import dev.ardm.core.network.DilatedConfig;
import dev.ardm.core.network.NetworkConfig;
import dev.ardm.core.network.TransformerConfig;
import dev.ardm.core.network.UNetConfig;
import dev.ardm.core.output.LogisticMixture;
import dev.ardm.core.output.OutputDistribution;
import dev.ardm.core.process.Autoregressive;
import dev.ardm.core.process.OrderAgnostic;
import dev.ardm.core.process.Process;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Named sizes of the networks: of the U-Net for images, of the dilated network for long sequences of ordered values, of the transformer for
 * everything else.
 */
public final class Presets {
    /** Causal sequences from so many places on are too long for attention between all of them. */
    private static final int LONG = 512;

    /**
     * Sequences from so many places on get convolutions where they may look in both directions: trained for minutes or hours on processors, a
     * masked transformer does not get beyond the frequencies of single values, because it has to find out first which places are neighbours.
     */
    private static final int MANY = 64;

    /** Up to so many values a table of embeddings is small beside the rest. */
    private static final int EMBEDDED_CATEGORIES = 256;

    /** The sizes of Hoogeboom et al. 2022, sections 5 and appendices, for their data; no machine without accelerators trains them. */
    private static final String PAPER_IMAGES = "paper-cifar10";

    private static final String PAPER_TEXT = "paper-text8";
    private static final String PAPER_SOUND = "paper-sc09";

    private static final List<String> NAMES =
            List.of("tiny", "small", "medium", "base", PAPER_IMAGES, PAPER_TEXT, PAPER_SOUND);

    private Presets() {}

    /** Names, for the help text. */
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return NAMES.iterator();
        }
    }

    /**
     * Checks a name.
     *
     * @throws IllegalArgumentException naming the presets, if there is none of that name
     */
    static String known(String name) {
        if (!NAMES.contains(name)) {
            throw new IllegalArgumentException(
                    "there is no preset '" + name + "'; there are " + String.join(", ", NAMES));
        }
        return name;
    }

    /** The network of a preset for the order-agnostic process on a space, with categorical distributions. */
    public static NetworkConfig of(String name, Space space) {
        Process process = new OrderAgnostic(space);
        return of(name, process, OutputDistribution.of(process));
    }

    /** The network that a preset has for a process and its distributions. */
    static NetworkConfig of(String name, Process process, OutputDistribution output) {
        return of(name, NetworkKind.AUTO, process, output);
    }

    /**
     * The network of a preset for a process and its distributions.
     *
     * @param kind of the network; the paper's presets have one of their own
     * @throws IllegalArgumentException naming the presets, if there is none of that name or it is for other data
     */
    static NetworkConfig of(String name, NetworkKind kind, Process process, OutputDistribution output) {
        Space space = process.space();
        NetworkConfig paper = paper(known(name), process);
        if (paper != null) {
            return paper;
        }
        return switch (kind == NetworkKind.AUTO ? kind(process) : kind) {
            case UNET -> {
                if (space.rank() != 3) {
                    throw new IllegalArgumentException("a U-Net is for images, not for items of " + space);
                }
                yield interpolating(unet(known(name), space), output instanceof LogisticMixture);
            }
            case DILATED -> dilated(known(name), space, process.causal());
            default -> transformer(known(name));
        };
    }

    private static NetworkKind kind(Process process) {
        Space space = process.space();
        if (space.rank() == 3 && !process.causal()) {
            return NetworkKind.UNET;
        }
        boolean permuted = process instanceof Autoregressive baseline && baseline.permuted();
        boolean sequence = space.rank() <= 2 && space.categories().length == 1 && process.classes() == 0;
        boolean signal = space.extent(0) >= LONG && space.scale() == Space.Scale.ORDERED;
        boolean convolutions = process.causal() ? signal : space.extent(0) >= MANY;
        return sequence && convolutions && !permuted ? NetworkKind.DILATED : NetworkKind.TRANSFORMER;
    }

    private static @Nullable NetworkConfig paper(String name, Process process) {
        boolean image = process.space().rank() == 3;
        boolean ordered = process.space().scale() == Space.Scale.ORDERED;
        boolean fits =
                switch (name) {
                    case PAPER_IMAGES -> image && !process.causal();
                    case PAPER_TEXT -> !image;
                    case PAPER_SOUND -> !image && ordered;
                    default -> true;
                };
        if (!fits) {
            throw new IllegalArgumentException("preset '" + name + "' is not for items of " + process.space());
        }
        return switch (name) {
            // 64 residual blocks of 256 channels, all at full resolution, and attention
            case PAPER_IMAGES ->
                new UNetConfig(List.of(256), List.of(64), List.of(), List.of(true), 4, 32, 64, 256, 256, 0);
            case PAPER_TEXT -> new TransformerConfig(12, 768, 12, 3072, 0, 0);
            case PAPER_SOUND -> new DilatedConfig(36, 256, 256, 3, 12, 0, process.causal() ? 0 : 256);
            default -> null;
        };
    }

    /** No dilation is longer than a quarter of the sequence: it would see its ends only. */
    private static DilatedConfig dilated(String name, Space space, boolean causal) {
        int embedding = space.maxCategories() <= EMBEDDED_CATEGORIES ? 16 : 0;
        boolean lines = space.scale() == Space.Scale.ORDERED && !causal;
        int cycle = Math.max(1, 30 - Integer.numberOfLeadingZeros(space.extent(0)));
        return switch (name) {
            case "tiny" -> new DilatedConfig(4, 16, 16, 3, Math.min(cycle, 4), embedding, causal ? 0 : 8, lines);
            case "small" -> new DilatedConfig(16, 64, 64, 3, Math.min(cycle, 8), embedding, causal ? 0 : 32, lines);
            case "medium" -> new DilatedConfig(20, 96, 96, 3, Math.min(cycle, 10), embedding, causal ? 0 : 64, lines);
            case "base" -> new DilatedConfig(30, 128, 128, 3, Math.min(cycle, 10), embedding, causal ? 0 : 64, lines);
            default -> throw new IllegalStateException("no sizes for preset " + name);
        };
    }

    /** Not told the time, as the text models of the paper: how many values are known can be seen from these. */
    private static TransformerConfig transformer(String name) {
        return switch (name) {
            case "tiny" -> new TransformerConfig(2, 32, 2, 64, 0, 0);
            case "small" -> new TransformerConfig(4, 128, 4, 512, 0, 0);
            case "medium" -> new TransformerConfig(6, 192, 6, 768, 0, 0);
            case "base" -> new TransformerConfig(8, 256, 8, 1024, 0, 0.05);
            default -> throw new IllegalStateException("no sizes for preset " + name);
        };
    }

    /** Levels that an image is too small for are left out. */
    private static UNetConfig unet(String name, Space space) {
        UNetConfig full =
                switch (name) {
                    // tests and smoke runs
                    case "tiny" ->
                        new UNetConfig(
                                List.of(16, 32), List.of(0, 1), List.of(1), List.of(false, false), 2, 4, 8, 16, 32, 0);
                    // an hour on a few cores
                    case "small" ->
                        new UNetConfig(
                                List.of(32, 96, 128),
                                List.of(0, 1, 2),
                                List.of(1, 2),
                                List.of(false, false, true),
                                4,
                                8,
                                16,
                                32,
                                64,
                                0);
                    // some hours on a few cores
                    case "medium" ->
                        new UNetConfig(
                                List.of(48, 96, 128),
                                List.of(1, 1, 2),
                                List.of(2, 2),
                                List.of(false, false, true),
                                4,
                                8,
                                16,
                                48,
                                96,
                                0);
                    // a day on a few cores
                    case "base" ->
                        new UNetConfig(
                                List.of(64, 128, 192),
                                List.of(1, 2, 3),
                                List.of(2, 3),
                                List.of(false, false, true),
                                4,
                                8,
                                32,
                                64,
                                128,
                                0.05);
                    default -> throw new IllegalStateException("no sizes for preset " + name);
                };
        int levels = 1;
        int extent = Math.min(space.extent(0), space.extent(1));
        while (levels < full.levels() && extent >= 8) {
            extent = (extent + 1) / 2;
            levels++;
        }
        return levels == full.levels() ? full : cut(full, levels);
    }

    /** Mixtures start from what is interpolated; logits gain little from it. */
    private static UNetConfig interpolating(UNetConfig c, boolean interpolation) {
        return new UNetConfig(
                c.channels(),
                c.blocksDown(),
                c.blocksUp(),
                c.attention(),
                c.heads(),
                c.groups(),
                c.embedding(),
                c.time(),
                c.head(),
                c.dropout(),
                interpolation);
    }

    private static UNetConfig cut(UNetConfig full, int levels) {
        List<Integer> down = new ArrayList<>(full.blocksDown().subList(0, levels));
        if (levels == 1) {
            down.set(0, Math.max(2, down.get(0))); // there is no way up to do the work
        }
        return new UNetConfig(
                full.channels().subList(0, levels),
                down,
                full.blocksUp().subList(0, levels - 1),
                full.attention().subList(0, levels),
                full.heads(),
                full.groups(),
                full.embedding(),
                full.time(),
                full.head(),
                full.dropout());
    }
}

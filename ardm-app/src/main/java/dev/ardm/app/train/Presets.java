package dev.ardm.app.train;

import dev.ardm.core.Space;
import dev.ardm.core.masking.network.NetworkKind;
import dev.ardm.core.masking.output.OutputDistribution;
import dev.ardm.core.masking.process.Autoregressive;
import dev.ardm.core.masking.process.OrderAgnostic;
import dev.ardm.core.masking.process.Process;
import dev.ardm.core.network.DilatedConfig;
import dev.ardm.core.network.NetworkConfig;
import dev.ardm.core.network.TransformerConfig;
import dev.ardm.core.network.UNetConfig;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Named sizes of the networks: of the U-Net for images, or the causal network if they are generated pixel by pixel, of the dilated network for long sequences of ordered values, of the transformer for
 * everything else.
 */
public final class Presets {
    /** Causal sequences from that many places on are too long for attention between all of them. */
    private static final int LONG = 512;

    /**
     * Sequences from that many places on get convolutions where they may look in both directions: trained for minutes or hours on processors, a
     * masked transformer does not get beyond the frequencies of single values, because it has to find out first which places are neighbours.
     */
    private static final int MANY = 64;

    /** The sizes of Hoogeboom et al. 2022, sections 5 and appendices, for their data; no machine without accelerators trains them. */
    private static final String PAPER_IMAGES = "paper-cifar10";

    private static final String PAPER_TEXT = "paper-text8";
    private static final String PAPER_SOUND = "paper-sc09";

    private static final List<String> NAMES =
            List.of("tiny", "small", "medium", "base", PAPER_IMAGES, PAPER_TEXT, PAPER_SOUND);

    /** In place of a kind of network: the one that suits the data. */
    static final String AUTO = "auto";

    /** The default: of images a model that stores beside the network that suits the data, see {@link StoringPart}; of others that alone. */
    public static final String PAIR = "pair";

    private Presets() {}

    /** Names, for the help text. */
    public static final class Names implements Iterable<String> {
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
    public static String known(String name) {
        if (!NAMES.contains(name)) {
            throw new IllegalArgumentException("unknown preset '" + name + "'; known: " + String.join(", ", NAMES));
        }
        return name;
    }

    /**
     * The kind of network of a name in any case, in lower case.
     *
     * @throws IllegalArgumentException naming the kinds, if there is none of that name
     */
    static String knownNetwork(String name) {
        String kind = name.toLowerCase(Locale.ROOT);
        if (!kind.equals(AUTO) && !kind.equals(PAIR) && !NetworkKind.names().contains(kind)) {
            throw new IllegalArgumentException("unknown network '" + name + "'; known: " + AUTO + ", " + PAIR + ", "
                    + String.join(", ", NetworkKind.names()));
        }
        return kind;
    }

    /** The preset of a network whose size was chosen by measuring: the one of that name, or the usual one in place of a paper's. */
    static String measured(String name) {
        return List.of(PAPER_IMAGES, PAPER_TEXT, PAPER_SOUND).contains(name) ? "small" : name;
    }

    /** The network of a preset for the order-agnostic process on a space, with categorical distributions. */
    public static NetworkConfig of(String name, Space space) {
        Process process = new OrderAgnostic(space);
        return of(name, process, OutputDistribution.of(process));
    }

    /** The network that a preset has for a process and its distributions. */
    public static NetworkConfig of(String name, Process process, OutputDistribution output) {
        return of(name, AUTO, process, output);
    }

    /**
     * The network of a preset for a process and its distributions.
     *
     * @param kind of the network, or {@link #AUTO}; the paper's presets have one of their own
     * @throws IllegalArgumentException naming the presets, if there is none of that name or it is for other data
     */
    public static NetworkConfig of(String name, String kind, Process process, OutputDistribution output) {
        Space space = process.space();
        NetworkConfig paper = paper(known(name), process);
        if (paper != null) {
            return paper;
        }
        return NetworkKind.of(kind.equals(AUTO) || kind.equals(PAIR) ? kind(process) : kind)
                .presets()
                .of(name, process, output);
    }

    private static String kind(Process process) {
        Space space = process.space();
        if (process.infills()) {
            return "causal-transformer";
        }
        boolean permuted = process instanceof Autoregressive baseline && baseline.permuted();
        if (space.rank() == 3 && !permuted) {
            return process.causal() ? "causal" : "unet";
        }
        boolean sequence = space.rank() <= 2 && space.categories().length == 1 && process.classes() == 0;
        boolean signal = space.extent(0) >= LONG && space.scale() == Space.Scale.ORDERED;
        boolean convolutions = process.causal() ? signal : space.extent(0) >= MANY;
        return sequence && convolutions && !permuted ? "dilated" : "transformer";
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
            throw new IllegalArgumentException("preset '" + name + "' does not fit items of " + process.space());
        }
        return switch (name) {
            // 64 residual blocks of 256 channels, all at full resolution, and attention
            case PAPER_IMAGES ->
                new UNetConfig(List.of(256), List.of(64), List.of(), List.of(true), 4, 32, 64, 256, 256, 0);
            case PAPER_TEXT -> new TransformerConfig(12, 768, 12, 3072, 0, 0).withEnds(process.anyLength());
            case PAPER_SOUND ->
                new DilatedConfig(36, 256, 256, 3, 12, 0, process.causal() ? 0 : 256).withEnds(process.anyLength());
            default -> null;
        };
    }
}

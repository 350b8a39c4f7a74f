package dev.ardm.cli;

import java.util.Locale;

/** Kinds of networks that {@code --network} can ask for. */
enum NetworkKind {
    /** What suits the data: a U-Net for images, dilated convolutions for sequences, a transformer for everything else. */
    AUTO,
    UNET,
    DILATED,
    TRANSFORMER;

    /**
     * The kind of a name in any case.
     *
     * @throws IllegalArgumentException naming the kinds, if there is none of that name
     */
    static NetworkKind of(String name) {
        for (NetworkKind kind : values()) {
            if (kind.text().equals(name.toLowerCase(Locale.ROOT))) {
                return kind;
            }
        }
        throw new IllegalArgumentException(
                "there is no network '" + name + "'; there are auto, unet, dilated and transformer");
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package dev.ardm.data.png;

/** The meaning of a pixel's samples. The place in this list is part of the stored form. */
public enum ColourKind {
    /** One level. */
    GREY(0, 1),
    /** Red, green, blue. */
    RGB(2, 3),
    /** The number of a colour in a palette. */
    PALETTE(3, 1),
    /** A level, and alpha. */
    GREY_ALPHA(4, 2),
    /** Red, green, blue, alpha. */
    RGB_ALPHA(6, 4);

    private final int pngType;
    private final int channels;

    ColourKind(int pngType, int channels) {
        this.pngType = pngType;
        this.channels = channels;
    }

    /** PNG's number of it. */
    int pngType() {
        return pngType;
    }

    /** Samples of a pixel. */
    public int channels() {
        return channels;
    }

    /** Whether the last sample of a pixel is alpha. */
    public boolean alpha() {
        return this == GREY_ALPHA || this == RGB_ALPHA;
    }

    /** Whether PNG has it with that many bits of a sample. */
    public boolean allows(int bits) {
        return switch (this) {
            case GREY -> bits == 1 || bits == 2 || bits == 4 || bits == 8 || bits == 16;
            case PALETTE -> bits == 1 || bits == 2 || bits == 4 || bits == 8;
            default -> bits == 8 || bits == 16;
        };
    }

    /** Of that many channels without a palette. */
    public static ColourKind of(int channels) {
        return switch (channels) {
            case 1 -> GREY;
            case 2 -> GREY_ALPHA;
            case 3 -> RGB;
            case 4 -> RGB_ALPHA;
            default -> throw new IllegalArgumentException("no image has " + channels + " channels");
        };
    }
}

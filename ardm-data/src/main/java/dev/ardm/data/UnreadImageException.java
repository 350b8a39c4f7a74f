package dev.ardm.data;

/** An image whose pixels are not understood, or not exactly, so that only the file itself can be kept. */
public final class UnreadImageException extends DataException {
    private final String reason;

    /** @param reason what is not understood, such as {@code "its colours are CMYK"} */
    public UnreadImageException(String file, String reason) {
        super(file + ": " + reason + ", which is not read; convert it to a PNG of grey or RGB");
        this.reason = reason;
    }

    /** What is not understood, without the name of the file. */
    public String reason() {
        return reason;
    }
}

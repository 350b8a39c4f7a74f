package dev.ardm.coding;

import java.util.HexFormat;

/** The archive was written with another model than the one given. */
public final class WrongModelException extends ArchiveException {
    private static final long serialVersionUID = 1L;

    private final String wanted;
    private final String given;

    /**
     * Describes a mismatch.
     *
     * @param wanted the id of the model that the archive was written with
     * @param given the id of the model at hand
     */
    public WrongModelException(String file, byte[] wanted, byte[] given) {
        super(
                file,
                "wrong model: written with model " + shortId(wanted) + ", but the model given is " + shortId(given));
        this.wanted = HexFormat.of().formatHex(wanted);
        this.given = HexFormat.of().formatHex(given);
    }

    /** The id of the model that the archive needs, in hexadecimal. */
    public String wanted() {
        return wanted;
    }

    /** The id of the model at hand, in hexadecimal. */
    public String given() {
        return given;
    }

    /** The first 6 bytes of a model id in hexadecimal: what messages show. */
    public static String shortId(byte[] id) {
        return HexFormat.of().formatHex(id, 0, Math.min(6, id.length));
    }
}

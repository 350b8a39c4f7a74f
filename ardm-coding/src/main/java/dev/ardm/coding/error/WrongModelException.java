package dev.ardm.coding.error;

import java.util.HexFormat;

/** The archive needs another model than the one that was given. */
public final class WrongModelException extends ArchiveException {
    private static final long serialVersionUID = 1L;

    private final String wanted;
    private final String reason;

    /**
     * Describes a mismatch.
     *
     * @param wanted the id of the model that the archive was written with
     * @param given the id of the model that was given
     */
    public WrongModelException(String file, byte[] wanted, byte[] given) {
        this(
                file,
                wanted,
                "wrong model: written with model " + shortId(wanted) + ", but the model given is " + shortId(given));
    }

    /**
     * Describes a model that is missing.
     *
     * @param reason why it cannot be used, for people
     */
    public WrongModelException(String file, byte[] wanted, String reason) {
        super(file, reason);
        this.wanted = HexFormat.of().formatHex(wanted);
        this.reason = reason;
    }

    /** The id of the model that the archive needs, in hexadecimal. */
    public String wanted() {
        return wanted;
    }

    /** Why it cannot be used, without the file. */
    public String reason() {
        return reason;
    }

    /** The first 6 bytes of a model id in hexadecimal: what messages show. */
    public static String shortId(byte[] id) {
        return HexFormat.of().formatHex(id, 0, Math.min(6, id.length));
    }
}

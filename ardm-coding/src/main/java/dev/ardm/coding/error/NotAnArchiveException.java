package dev.ardm.coding.error;

/** The file is something else: it does not begin as an archive does. */
public final class NotAnArchiveException extends ArchiveException {
    private static final long serialVersionUID = 1L;

    /**
     * Describes a file that is not an archive.
     *
     * @param cause what was found instead
     */
    public NotAnArchiveException(String file, String cause) {
        super(file, "not an ardm file: " + cause);
    }
}

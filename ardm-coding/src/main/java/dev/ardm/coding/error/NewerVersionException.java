package dev.ardm.coding.error;

/** The file uses something that this version of the program does not know. */
public final class NewerVersionException extends ArchiveException {
    private static final long serialVersionUID = 1L;

    /**
     * Describes a file of a newer version.
     *
     * @param cause what is unknown, and what is known
     */
    public NewerVersionException(String file, String cause) {
        super(file, "written by a newer version: " + cause);
    }
}

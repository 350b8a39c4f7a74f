package dev.ardm.cli;

import picocli.CommandLine.Option;

/** What of image files is to come back. */
final class ImageFileOptions {
    @Option(
            names = "--exact-file",
            description =
                    "Of images: the files come back byte by byte, not only their pixels and PNG chunks. Files that"
                            + " cannot be made from their pixels are kept whole.")
    private boolean exactFile;

    @Option(
            names = "--no-metadata",
            description = "Of images: keep the pixels only, without text, colour profiles and the like.")
    private boolean noMetadata;

    /** Whether the files come back byte by byte. */
    boolean exactFile() {
        return exactFile;
    }

    /** Whether what PNG files hold beside their pixels comes back. */
    boolean keepMetadata() {
        return !noMetadata;
    }

    /** The option that was given, if any; empty if none was. */
    String given() {
        return exactFile ? "--exact-file" : noMetadata ? "--no-metadata" : "";
    }

    /** Whether the options contradict each other. */
    boolean contradictory() {
        return exactFile && noMetadata;
    }
}

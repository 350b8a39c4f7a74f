package dev.ardm.cli.console;

import dev.ardm.core.model.ArithmeticVersions;
import picocli.CommandLine.IVersionProvider;

/** What {@code ardm --version} prints. */
public final class Versions implements IVersionProvider {
    /** The program, its version and that of its arithmetic. */
    public static String program() {
        String version = Versions.class.getPackage().getImplementationVersion();
        return "ardm " + (version == null ? "(unpackaged)" : version) + ", arithmetic version "
                + ArithmeticVersions.NEWEST;
    }

    @Override
    public String[] getVersion() {
        return new String[] {
            program(), "Java " + System.getProperty("java.version") + " (" + System.getProperty("java.vendor") + ")"
        };
    }
}

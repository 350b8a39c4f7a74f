package dev.ardm.cli;

import dev.ardm.core.model.ArithmeticVersions;
import picocli.CommandLine.IVersionProvider;

/** What {@code ardm --version} prints. */
final class Versions implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Main.class.getPackage().getImplementationVersion();
        return new String[] {
            "ardm " + (version == null ? "(unpackaged)" : version) + ", arithmetic version "
                    + ArithmeticVersions.NEWEST,
            "Java " + System.getProperty("java.version") + " (" + System.getProperty("java.vendor") + ")"
        };
    }
}

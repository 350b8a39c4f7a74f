package dev.ardm.core.conformance;

/**
 * One check of the self-test.
 *
 * @param name what was checked, the same on every machine
 * @param status how it went
 * @param expected the hash that was expected, empty if nothing was
 * @param got what came out: a hash, or what is wrong; for a check that was left out why
 */
public record Check(String name, Status status, String expected, String got) {
    /** How a check went. */
    public enum Status {
        /** As expected. */
        OK,
        /** Something else came out, or nothing. */
        DIFFERS,
        /** Did not run. */
        LEFT_OUT
    }

    /** A check of a hash. */
    static Check of(String name, String expected, String got) {
        return new Check(name, expected.equals(got) ? Status.OK : Status.DIFFERS, expected, got);
    }

    /** A check that did not run. */
    static Check leftOut(String name, String why) {
        return new Check(name, Status.LEFT_OUT, "", why);
    }
}

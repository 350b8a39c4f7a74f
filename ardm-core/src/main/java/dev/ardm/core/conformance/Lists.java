package dev.ardm.core.conformance;

import java.util.List;

/** Compares lists of hashes. */
final class Lists {
    private Lists() {}

    /** A check of several hashes: that of all of them, or which one differs first. */
    static Check check(String name, List<String> expected, List<String> got) {
        String wanted = of(expected);
        if (got.equals(expected)) {
            return Check.of(name, wanted, wanted);
        }
        if (got.size() != expected.size()) {
            return Check.of(name, wanted, got.size() + " instead of " + expected.size());
        }
        int first = 0;
        while (got.get(first).equals(expected.get(first))) {
            first++;
        }
        int differ = 0;
        for (int i = 0; i < got.size(); i++) {
            differ += got.get(i).equals(expected.get(i)) ? 0 : 1;
        }
        return Check.of(
                name,
                wanted,
                of(got) + ": " + differ + " of " + got.size() + " differ, the first is number " + first + ": "
                        + got.get(first) + ", not " + expected.get(first));
    }

    private static String of(List<String> hashes) {
        Hash hash = new Hash();
        hashes.forEach(hash::add);
        return hash.text();
    }
}

package dev.ardm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShorthandsTest {
    @ParameterizedTest
    @CsvSource({
        "-d a.ardm, decompress a.ardm",
        "-t a.ardm, test a.ardm",
        "-l --json a.ardm, list --json a.ardm",
        "-z9 -m x photos, compress -9 -m x photos",
        "-dc a.ardm, decompress -c a.ardm",
        "-cdf a.ardm, decompress -cf a.ardm",
        "-dt a.ardm, test a.ardm",
        "-t -d a.ardm, decompress a.ardm",
        "-m x -d -, decompress -m x -",
        "-m -d -t a.ardm, test -m -d a.ardm",
        "-d -o -t a.ardm, decompress -o -t a.ardm",
        "-d -- -t, decompress -- -t",
        "--decompress a.ardm, decompress a.ardm",
        "-d --help, decompress --help",
        "-- -d, -- -d",
        "--help, --help",
        "-V, -V",
        "-x -d, decompress -x",
        "compress -d, compress -d",
        "-, -",
    })
    void becomeCommands(String given, String expected) {
        assertThat(String.join(" ", Shorthands.expanded(given.split(" ")))).isEqualTo(expected);
    }
}

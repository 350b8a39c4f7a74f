package dev.ardm.app.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class LogLinesTest {
    private static final Pattern LINE =
            Pattern.compile("(2026-03-02 \\d\\d:\\d\\d:\\d\\d\\.\\d{3}) (DEBUG|INFO |WARN |ERROR) "
                    + "\\[(http-[1-8]|scheduler)\\] [a-z]+\\.[A-Z][a-z]+: .+");
    private static final Pattern REQUEST = Pattern.compile("\\[[0-9a-f]{8}\\]");

    @Test
    void theLinesDependOnTheSeedOnly() {
        List<String> lines = LogLines.of(1000, 7);
        assertThat(lines).hasSize(1000).isEqualTo(LogLines.of(1000, 7));
        assertThat(LogLines.of(1000, 8)).isNotEqualTo(lines);
        assertThat(LogLines.of(0, 7)).isEmpty();
    }

    @Test
    void timesAdvanceAndTheCallsFollowTheirFailure() {
        String last = "";
        String before = "";
        int calls = 0;
        Set<String> levels = new HashSet<>();
        Set<String> requests = new HashSet<>();
        for (String line : LogLines.of(3000, 1)) {
            assertThat(line).matches("[ -~]+");
            if (line.startsWith("    at ")) {
                assertThat(before).containsAnyOf(" ERROR ", "    at ");
                calls++;
            } else {
                Matcher matcher = LINE.matcher(line);
                assertThat(matcher.matches()).as(line).isTrue();
                assertThat(matcher.group(1)).isGreaterThanOrEqualTo(last);
                last = matcher.group(1);
                levels.add(matcher.group(2));
            }
            Matcher request = REQUEST.matcher(line);
            if (request.find()) {
                requests.add(request.group());
            }
            before = line;
        }
        assertThat(levels).hasSize(4);
        assertThat(calls).isBetween(20, 300);
        assertThat(requests).hasSizeBetween(800, 2000);
    }
}

package dev.ardm.core.masking.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ScheduleTest {
    @Test
    void groupsTileTheSteps() {
        for (int steps : new int[] {1, 2, 7, 784}) {
            for (int calls : new int[] {1, 2, 5, 64, 1000}) {
                Schedule schedule = Schedule.even(steps, calls);
                assertThat(schedule.calls()).isEqualTo(Math.min(steps, calls));
                int next = 0;
                for (int call = 0; call < schedule.calls(); call++) {
                    assertThat(schedule.start(call)).isEqualTo(next);
                    assertThat(schedule.end(call)).isGreaterThan(next);
                    next = schedule.end(call);
                }
                assertThat(next).isEqualTo(steps);
            }
        }
    }

    @Test
    void scalingKeepsTheShape() {
        Schedule schedule = Schedule.of(new int[] {0, 1, 3, 50}, 100);
        assertThat(schedule.scaledTo(200).starts()).containsExactly(0, 2, 6, 100);
        assertThat(schedule.scaledTo(10).starts()).containsExactly(0, 5);
        assertThat(schedule.scaledTo(1).starts()).containsExactly(0);
        assertThat(schedule.scaledTo(100)).isEqualTo(schedule);
    }

    @Test
    void refusesWhatIsNoSchedule() {
        assertThatThrownBy(() -> Schedule.of(new int[] {1}, 4)).hasMessageContaining("start at step 0");
        assertThatThrownBy(() -> Schedule.of(new int[] {0, 2, 2}, 4)).hasMessageContaining("increase");
        assertThatThrownBy(() -> Schedule.of(new int[] {0, 4}, 4)).hasMessageContaining("before step 4");
        assertThatThrownBy(() -> Schedule.even(4, 0)).hasMessageContaining("at least 1");
    }

    @Test
    void stagesShareCallsAsTheBaselineDoes() {
        assertThat(Schedule.even(2, 10, 7).starts()).containsExactly(0, 2, 5, 7, 10, 13, 16);
        assertThat(Schedule.even(3, 4, 1).starts()).containsExactly(0, 4, 8);
        assertThat(Schedule.even(2, 3, 100)).isEqualTo(Schedule.full(6));
        for (int calls = 1; calls < 20; calls++) {
            assertThat(Schedule.even(1, 17, calls)).isEqualTo(Schedule.even(17, calls));
        }
    }
}

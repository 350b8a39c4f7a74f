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

    /** Each stage keeps its own shape; a window of an archive is decoded with such a schedule. */
    @Test
    void scalingOfSeveralStagesKeepsTheShapeOfEach() {
        Schedule schedule = Schedule.of(new int[] {0, 1, 5, 10, 12, 19, 20}, 30);
        assertThat(schedule.scaledTo(3, 10)).isEqualTo(schedule);
        assertThat(schedule.scaledTo(3, 20)).isEqualTo(Schedule.of(new int[] {0, 2, 10, 20, 24, 38, 40}, 60));
        assertThat(schedule.scaledTo(3, 4)).isEqualTo(Schedule.of(new int[] {0, 2, 4, 7, 8}, 12));
        assertThat(schedule.scaledTo(3, 1)).isEqualTo(Schedule.full(3));
        assertThat(schedule.scaledTo(1, 60)).isEqualTo(schedule.scaledTo(60));
    }

    @Test
    void everyStageBeginsWithACall() {
        assertThat(Schedule.of(new int[] {0, 4, 8}, 12).hasStages(3)).isTrue();
        assertThat(Schedule.of(new int[] {0, 4, 7}, 12).hasStages(3)).isFalse();
        assertThat(Schedule.of(new int[] {0, 3, 8}, 12).hasStages(3)).isFalse();
        assertThat(Schedule.of(new int[] {0, 6}, 13).hasStages(2)).isFalse();
        assertThat(Schedule.of(new int[] {0}, 13).hasStages(1)).isTrue();
        assertThat(Schedule.of(new int[] {0, 6}, 13)).isNotEqualTo(Schedule.of(new int[] {0, 6}, 12));
        assertThat(Schedule.of(new int[] {0, 6}, 13)).isNotEqualTo(Schedule.of(new int[] {0, 7}, 13));
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

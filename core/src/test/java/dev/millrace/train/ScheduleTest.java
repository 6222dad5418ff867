package dev.millrace.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ScheduleTest {

    /** A cosine's rounding. */
    private static final double TOLERANCE = 1e-15;

    @Test
    void constantIsConstant() {
        Schedule schedule = new Schedule.Constant();
        assertThat(schedule.factor(0)).isEqualTo(1);
        assertThat(schedule.factor(0.5)).isEqualTo(1);
        assertThat(schedule.factor(1)).isEqualTo(1);
    }

    @Test
    void theCosineFallsFromOneToItsEnd() {
        Schedule schedule = new Schedule.Cosine(0.2);
        assertThat(schedule.factor(0)).isEqualTo(1);
        assertThat(schedule.factor(1.0 / 3)).isCloseTo(0.8, within(TOLERANCE));
        assertThat(schedule.factor(0.5)).isCloseTo(0.6, within(TOLERANCE));
        assertThat(schedule.factor(1)).isEqualTo(0.2);
        // A time budget can be overrun by a step.
        assertThat(schedule.factor(1.7)).isEqualTo(0.2);
    }

    @Test
    void thePlateauCoolsDownInItsLastPart() {
        Schedule schedule = new Schedule.Plateau(0.5, 1, 0.1, 0.2);
        assertThat(schedule.factor(0)).isEqualTo(1);
        assertThat(schedule.factor(0.8)).isEqualTo(1);
        assertThat(schedule.factor(0.9)).isCloseTo(0.505, within(TOLERANCE));
        assertThat(schedule.factor(1)).isCloseTo(0.01, within(TOLERANCE));
        assertThat(new Schedule.Plateau(0.5, 1, 0.1, 0).factor(1)).isEqualTo(1);
        assertThat(new Schedule.Plateau(0.5, 1, 0.1, 1).factor(0.5)).isCloseTo(0.505, within(TOLERANCE));
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        for (double bad : new double[] {-0.1, 1.1, Double.NaN}) {
            assertThatIllegalArgumentException().isThrownBy(() -> new Schedule.Cosine(bad));
            assertThatIllegalArgumentException().isThrownBy(() -> new Schedule.Plateau(bad, 1, 0.1, 0));
            assertThatIllegalArgumentException().isThrownBy(() -> new Schedule.Plateau(0.5, 1, bad, 0));
            assertThatIllegalArgumentException().isThrownBy(() -> new Schedule.Plateau(0.5, 1, 0.1, bad));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> new Schedule.Plateau(0.5, 0, 0.1, 0));
    }
}

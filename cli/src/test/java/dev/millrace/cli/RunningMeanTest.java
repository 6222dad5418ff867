package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RunningMeanTest {

    @Test
    void tellsTheMeanAndItsStandardError() {
        RunningMean mean = new RunningMean();
        for (double value : new double[] {2, 4, 4, 4, 5, 5, 7, 9}) {
            mean.add(value);
        }

        assertThat(mean.count()).isEqualTo(8);
        assertThat(mean.mean()).isCloseTo(5, within(1e-15));
        // The squared differences add up to 32.
        assertThat(mean.standardError()).isCloseTo(Math.sqrt(32.0 / 7 / 8), within(1e-15));
    }

    @Test
    void knowsNoErrorOfOneNumber() {
        RunningMean mean = new RunningMean();
        mean.add(3);

        assertThat(mean.standardError()).isNaN();
    }
}

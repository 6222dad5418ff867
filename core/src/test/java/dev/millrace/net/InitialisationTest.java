package dev.millrace.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.kernel.SplitMix;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InitialisationTest {

    /** The variance of 240 000 uniform draws has a relative standard deviation of 0.2 %, their mean's is 0.2 % too. */
    @ParameterizedTest
    @CsvSource({"HE, 0.005", "GLOROT, 0.002", "ZERO, 0"})
    void drawsHaveTheNamedVariance(Initialisation initialisation, double variance) {
        FloatTensor weight = FloatTensor.matrix(400, 600);
        initialisation.fill(weight, new SplitMix(1));
        double sum = 0;
        double squares = 0;
        for (float value : weight.values()) {
            sum += value;
            squares += (double) value * value;
        }
        assertThat(sum / weight.size()).isCloseTo(0, within(0.01 * Math.sqrt(variance)));
        assertThat(squares / weight.size()).isCloseTo(variance, within(0.01 * variance));
    }
}

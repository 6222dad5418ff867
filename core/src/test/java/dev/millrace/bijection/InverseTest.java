package dev.millrace.bijection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;

class InverseTest {

    private final Scaling scaling = Scaling.create(2);

    @Test
    void inverseOfTheInverseIsTheBijectionItself() {
        assertThat(scaling.inverted()).isEqualTo(new Inverse(scaling));
        assertThat(scaling.inverted().inverted()).isSameAs(scaling);
    }

    @Test
    void sharesTheState() {
        Bijections.randomise(scaling, 1);
        assertThat(scaling.inverted().state()).isEqualTo(scaling.state());
    }

    @Test
    void hasNoGradientAndSaysSo() {
        Bijection inverse = scaling.inverted();
        Run run = Run.forward(inverse, new double[] {1, 2});
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> run.backward(new double[2], new double[1]))
                .withMessageContaining("train the bijection itself");
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> inverse.gradientTasks(List.of()));
    }
}

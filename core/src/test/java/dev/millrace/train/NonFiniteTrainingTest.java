package dev.millrace.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.millrace.Flow;
import dev.millrace.NonFiniteException;
import dev.millrace.RealNvp;
import dev.millrace.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NonFiniteTrainingTest {

    private static final int BAD_ROW = 137;

    private final RealNvp small = Flow.realNvp(2).couplings(3).hidden(8);
    private final double[] ring = Samples.ring(300, 1);

    @ParameterizedTest
    @EnumSource
    void aRowThatIsNotFiniteIsNamed(RealNvp.Normalisation normalisation) {
        ring[2 * BAD_ROW + 1] = Double.NaN;
        for (boolean standardised : new boolean[] {true, false}) {
            Flow flow = small.normalisation(normalisation)
                    .standardised(standardised)
                    .build();
            assertThatExceptionOfType(NonFiniteException.class)
                    .isThrownBy(() -> Training.fit(flow, Training.settings(), Training.rows(ring), Training.NONE))
                    .withMessageMatching("step \\d+: training row 137, entry 1 is NaN: .*");
        }
    }

    /** A row that is fine at first. */
    private RowSource badFrom(int epoch, double value) {
        RowSource rows = Training.rows(ring);
        return new RowSource() {
            @Override
            public int rows() {
                return rows.rows();
            }

            @Override
            public int dimension() {
                return 2;
            }

            @Override
            public void read(int row, int ofEpoch, double[] into, int at) {
                rows.read(row, ofEpoch, into, at);
                if (row == BAD_ROW && ofEpoch >= epoch) {
                    into[at] = value;
                }
            }
        };
    }

    @ParameterizedTest
    @EnumSource
    void afterTheFirstEpochTheBestIsKept(RealNvp.Normalisation normalisation) {
        RowSource validation = Training.rows(Samples.ring(100, 2));
        for (double value : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
            TrainingResult result = Training.fit(
                    small.normalisation(normalisation).build(), Training.settings(), badFrom(2, value), validation);
            assertThat(result.reason()).isEqualTo(StopReason.NON_FINITE);
            assertThat(result.detail()).matches("step 1[1-5]: training row 137, entry 0 is " + value + ": .*");
            assertThat(result.history()).hasSize(2);
            assertThat(Training.meanLogProb(result.flow(), Samples.ring(100, 2)))
                    .isEqualTo(result.best().score());
        }
    }

    @Test
    void aRowThatOverflowsIsNamedWithItsLayer() {
        ring[2 * BAD_ROW] = 1e308;
        Flow flow = small.normalisation(RealNvp.Normalisation.NONE)
                .standardised(false)
                .build();
        assertThatExceptionOfType(NonFiniteException.class)
                .isThrownBy(() -> Training.fit(flow, Training.settings(), Training.rows(ring), Training.NONE))
                .withMessageMatching("step [1-5]: training row 137: the log-density of row 0 is not finite: .*");
    }

    @Test
    void aStartThatOverflowsIsNamed() {
        ring[2 * BAD_ROW] = 1e308;
        assertThatExceptionOfType(NonFiniteException.class)
                .isThrownBy(() -> Training.fit(small.build(), Training.settings(), Training.rows(ring), Training.NONE))
                .withMessageContaining("layers.0.logPrecision")
                .withMessageContaining("extreme values");
    }

    @Test
    void aValidationRowIsNamedAsSuch() {
        double[] validation = Samples.ring(1_000, 2);
        validation[2 * 777] = Double.NaN;
        assertThatExceptionOfType(NonFiniteException.class)
                .isThrownBy(() -> Training.fit(
                        small.build(), Training.settings(), Training.rows(ring), Training.rows(validation)))
                .withMessage("validation row 777: row 0, entry 0 is NaN: a flow scores finite numbers only");
    }

    @Test
    void aRateThatIsFarTooHighEndsTheRun() {
        TrainerSettings.Builder settings =
                Training.settings().learningRate(1e30).optimizer(new OptimizerSettings.Sgd(0.9, 0));
        assertThatExceptionOfType(NonFiniteException.class)
                .isThrownBy(() -> Training.fit(small.build(), settings, Training.rows(ring), Training.NONE))
                .withMessageMatching("step \\d+: .*try a lower learning rate.*");
    }
}

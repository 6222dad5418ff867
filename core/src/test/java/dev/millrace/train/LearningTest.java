package dev.millrace.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.Flow;
import dev.millrace.Nice;
import dev.millrace.RealNvp;
import dev.millrace.Samples;
import dev.millrace.bijection.Composition;
import dev.millrace.bijection.LuLinear;
import dev.millrace.bijection.Standardisation;
import dev.millrace.distribution.DiagonalNormal;
import dev.millrace.net.Activation;
import org.junit.jupiter.api.Test;

/** Fitted flows against data whose truth is known. */
class LearningTest {

    private static final RowSource VALIDATION = Training.rows(Samples.ring(1_000, 2));

    private static Flow fitRing(Flow flow) {
        TrainerSettings.Builder settings =
                Training.settings().epochs(30).batchSize(100).schedule(new Schedule.Cosine(0));
        return Training.fit(flow, settings, Training.rows(Samples.ring(3_000, 1)), VALIDATION)
                .flow();
    }

    private static Flow ringFlow() {
        return Flow.realNvp(2)
                .couplings(8)
                .hidden(32, 32)
                .activation(Activation.SILU)
                .build();
    }

    /** The best normal. */
    private static Flow normal() {
        return Flow.of(Composition.of(Standardisation.create(2), LuLinear.create(2, 1)), DiagonalNormal.create(2));
    }

    @Test
    void aCorrelatedNormalIsLearnedToItsEntropy() {
        RealNvp description = Flow.realNvp(2).couplings(4).hidden(16).activation(Activation.TANH);
        requireTruth(description.build());
        requireTruth(description
                .normalisation(RealNvp.Normalisation.BATCH_NORM)
                .mixing(RealNvp.Mixing.LINEAR)
                .build());
        requireTruth(Flow.nice(2).hidden(16).prior(Nice.Prior.NORMAL).build());
    }

    private static void requireTruth(Flow flow) {
        TrainerSettings.Builder settings =
                Training.settings().epochs(15).batchSize(100).schedule(new Schedule.Cosine(0));
        Flow fitted = Training.fit(
                        flow,
                        settings,
                        Training.rows(Samples.normal(4_000, 1)),
                        Training.rows(Samples.normal(1_000, 2)))
                .flow();
        double[] rows = Samples.normal(20_000, 3);
        double entropy = 1 + Math.log(2 * Math.PI) + 0.5 * Math.log(1 - 0.64);
        double truth = Samples.normalLogProb(rows);
        // 20,000 rows tell the entropy to 1 / √20,000.
        assertThat(-truth).isCloseTo(entropy, within(0.02));
        assertThat(Training.meanLogProb(fitted, rows)).isCloseTo(truth, within(0.02));
    }

    @Test
    void aRingIsLearnedFarBeyondANormal() {
        double[] rows = Samples.ring(10_000, 3);
        double truth = 0;
        for (int i = 0; i < rows.length; i += 2) {
            double radius = Math.hypot(rows[i], rows[i + 1]);
            double u = (radius - 2) / 0.15;
            truth -= (0.5 * u * u + 1.5 * Math.log(2 * Math.PI) + Math.log(0.15 * radius)) / 10_000;
        }
        double normal = Training.meanLogProb(fitRing(normal()), rows);
        double flow = Training.meanLogProb(fitRing(ringFlow()), rows);
        assertThat(flow).isGreaterThan(normal + 0.8).isBetween(truth - 0.15, truth);
    }

    @Test
    void samplesPassATwoSampleTest() {
        double[] heldOut = Samples.ring(300, 4);
        assertThat(EnergyDistance.pValue(Samples.ring(300, 5), heldOut, 2)).isGreaterThan(0.05);
        assertThat(EnergyDistance.pValue(fitRing(ringFlow()).sample(300, 6), heldOut, 2))
                .isGreaterThan(0.05);
        // The test has the power to tell a normal.
        assertThat(EnergyDistance.pValue(fitRing(normal()).sample(300, 6), heldOut, 2))
                .isLessThan(0.01);
    }
}

package dev.millrace;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.millrace.bijection.ActNorm;
import dev.millrace.bijection.Composition;
import dev.millrace.bijection.Scaling;
import dev.millrace.distribution.StandardNormal;
import dev.millrace.net.DoubleTensor;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NonFiniteRowTest {

    private final Flow flow = Flow.realNvp(2).hidden(4).build();

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void aRowThatIsNotFiniteIsNamedWithItsEntry(double value) {
        double[] rows = new double[2 * 100];
        rows[2 * 70 + 1] = value;
        assertNonFinite(() -> flow.logProb(rows, 100, new double[100]))
                .withMessage("row 70, entry 1 is " + value + ": a flow scores finite numbers only");
        assertNonFinite(() -> flow.logProb(new double[] {value, 0})).withMessageStartingWith("row 0, entry 0 is ");
        assertNonFinite(() -> flow.gradient(new double[] {0, value})).withMessageStartingWith("row 0, entry 1 is ");
        assertNonFinite(() -> flow.gradient(rows, 100)).withMessageStartingWith("row 70, entry 1 is ");
    }

    @Test
    void neitherMapTakesOrGivesWhatIsNotFinite() {
        double[] rows = new double[2 * 100];
        rows[2 * 70 + 1] = Double.NaN;
        assertNonFinite(() -> flow.forward(rows, 100)).withMessageContaining("row 70, entry 1 is NaN");
        assertNonFinite(() -> flow.inverse(rows, 100))
                .withMessageContaining("z 70, entry 1: a flow inverts finite numbers only, not NaN");
        assertNonFinite(() -> flow.layerLogDets(new double[] {0, Double.NaN}))
                .withMessageContaining("row 0, entry 1 is NaN");
        assertNonFinite(() -> shrinking().inverse(new double[] {1}, 1))
                .withMessage("z 0, entry 0: its row must be finite, not Infinity");
        assertNonFinite(() -> stretching().forward(new double[] {1}, 1))
                .withMessageStartingWith("entry 0 of the latent z is not finite; ");
    }

    @Test
    void whereTheBaseOverflowsItIsNamed() {
        assertNonFinite(() -> flow.logProb(new double[] {1e200, 0}))
                .withMessageStartingWith("the log-density of row 0 is not finite: its latent z overflows in the base");
    }

    @Test
    void theLayerThatOverflowsIsNamed() {
        Flow logit = Flows.everyKind().findFirst().orElseThrow().getPayload();
        assertNonFinite(() -> logit.logProb(new double[] {0.5, 0.5, 2, 0.5}))
                .withMessageStartingWith("the log-density of row 0 is not finite: it overflows in layer 0 (Logit);");
    }

    @Test
    void drawnRowsAndTheirLogDensitiesAreFinite() {
        assertNonFinite(() -> flow.sampleWithLogProb(4, 3, 1, 1e200))
                .withMessage("the log-density of drawn row 4 is -Infinity; try a lower temperature");
        assertNonFinite(() -> shrinking().sampleWithLogProb(4, 3, 1, 1)).withMessageStartingWith("drawn row 4");
    }

    /** A flow whose inverse overflows. */
    private static Flow shrinking() {
        Flow flow = Flow.of(Composition.of(ActNorm.create(1), Scaling.create(1)), new StandardNormal(1));
        ((DoubleTensor) flow.state().get("layers.0.logScale")).data()[0] = -700;
        ((DoubleTensor) flow.state().get("layers.1.logScale")).data()[0] = -700;
        flow.parametersChanged();
        return flow;
    }

    /** Its inverse. */
    private static Flow stretching() {
        return Flow.of(new Composition(shrinking().layers()).inverted(), new StandardNormal(1));
    }

    private static ThrowableAssertAlternative<NonFiniteException> assertNonFinite(ThrowingCallable call) {
        return assertThatExceptionOfType(NonFiniteException.class).isThrownBy(call);
    }
}

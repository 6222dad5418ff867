package dev.millrace.bijection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.bijection.Logit.Variant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogitTest {

    static Iterable<JsonNode> cases() {
        return Conformance.read("logit.json").get("cases");
    }

    private static Run forward(Variant variant, double alpha, double x) {
        return Run.forward(Logit.of(Shape.of(1), variant, alpha), new double[] {x});
    }

    /** Where u is near 1, the last digit of u = α + (1 − 2α)·x is worth more: 1e-16 / 0.002. */
    @ParameterizedTest
    @MethodSource("cases")
    void symmetricVariantGivesTheKnownAnswers(JsonNode known) {
        double x = known.get("x").doubleValue();
        Run run = forward(Variant.SYMMETRIC, known.get("alpha").doubleValue(), x);
        assertThat(run.z[0]).isCloseTo(known.get("y").doubleValue(), within(1e-13));
        assertThat(run.logDet[0]).isCloseTo(known.get("logDet").doubleValue(), within(1e-13));
    }

    @Test
    void variantOfThePaperGivesTheKnownAnswer() {
        JsonNode known = Conformance.read("logit.json").get("otherVariant");
        Run run = forward(
                Variant.PAPER, known.get("alpha").doubleValue(), known.get("x").doubleValue());
        assertThat(run.z[0]).isCloseTo(known.get("y").doubleValue(), within(1e-15));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.01, 0.5, 1, Double.NaN})
    void alphaOutOfRangeIsAnError(double alpha) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Logit.of(Shape.of(1), Variant.SYMMETRIC, alpha))
                .withMessageContaining(String.valueOf(alpha));
    }

    /** A flow reports what is not finite. */
    @Test
    void numbersOutsideTheUnitIntervalAreNotFinite() {
        assertThat(forward(Variant.SYMMETRIC, 0, 0).z[0]).isInfinite();
        assertThat(forward(Variant.SYMMETRIC, 0, 1).z[0]).isInfinite();
        assertThat(forward(Variant.SYMMETRIC, 0.05, 1.2).z[0]).isNaN();
        assertThat(forward(Variant.SYMMETRIC, 0.05, -1).z[0]).isNaN();
    }

    @Test
    void remembersWhichModelItIs() {
        Logit logit = Logit.of(Shape.of(2, 2, 1), Variant.PAPER, 0.01);
        assertThat(logit.variant()).isEqualTo(Variant.PAPER);
        assertThat(logit.alpha()).isEqualTo(0.01);
        assertThat(logit.inputShape()).isEqualTo(Shape.of(2, 2, 1));
    }
}

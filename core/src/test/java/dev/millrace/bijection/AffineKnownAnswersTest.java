package dev.millrace.bijection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.net.DoubleTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The cases of affine.json. Scales are exp(s) here, so that its negative scale, and its scale of 0, which must be an
 * error, cannot be written down.
 */
class AffineKnownAnswersTest {

    private static final int DIMENSION = 3;

    private final JsonNode cases = Conformance.read("affine.json").get("cases");
    private final double[] x = Run.numbers(DIMENSION, 1);

    private static void set(Bijection bijection, String name, double value) {
        Arrays.fill(((DoubleTensor) bijection.state().get(name)).data(), value);
        bijection.parametersChanged();
    }

    @Test
    void scaleAndShift() {
        double scale = cases.get(0).get("scale").doubleValue();
        double shift = cases.get(0).get("shift").doubleValue();
        ActNorm layer = ActNorm.create(DIMENSION);
        set(layer, "logScale", StrictMath.log(scale));
        set(layer, "centre", -shift / scale);
        Run run = Run.forward(layer, x);
        for (int j = 0; j < DIMENSION; j++) {
            assertThat(run.z[j]).isCloseTo(scale * x[j] + shift, within(1e-14));
        }
        assertThat(cases.get(0).get("logDet").textValue()).isEqualTo("D*ln 2");
        assertThat(run.logDet[0]).isCloseTo(DIMENSION * StrictMath.log(2), within(1e-15));
    }

    @Test
    void compositionOfScales() {
        List<Bijection> layers = new ArrayList<>();
        for (JsonNode scale : cases.get(3).get("composition")) {
            Scaling layer = Scaling.create(DIMENSION);
            set(layer, "logScale", StrictMath.log(scale.doubleValue()));
            layers.add(layer);
        }
        Run run = Run.forward(new Composition(layers), x);
        double scale = cases.get(3).get("scale").doubleValue();
        for (int j = 0; j < DIMENSION; j++) {
            assertThat(run.z[j]).isCloseTo(scale * x[j], within(1e-15));
        }
        assertThat(cases.get(3).get("logDet").textValue()).isEqualTo("D*ln 0.5");
        assertThat(run.logDet[0]).isCloseTo(DIMENSION * StrictMath.log(0.5), within(1e-15));
    }
}

package dev.millrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.bijection.ActNorm;
import dev.millrace.bijection.BatchNorm;
import dev.millrace.bijection.Bijection;
import dev.millrace.bijection.Composition;
import dev.millrace.bijection.Coupling;
import dev.millrace.bijection.FactorOut;
import dev.millrace.bijection.Jacobian;
import dev.millrace.bijection.Logit;
import dev.millrace.bijection.Squeeze;
import dev.millrace.distribution.StandardNormal;
import dev.millrace.net.ResidualConv;
import dev.millrace.net.ResidualConvSettings;
import dev.millrace.net.States;
import dev.millrace.transformer.LogScale;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageRealNvpTest {

    private static final ImageRealNvp TINY =
            Flow.realNvp(8, 8, 1).features(3).blocks(1).scales(2);

    private static double[] images(Flow flow, int count) {
        return Flows.rows(flow, count);
    }

    @Test
    void theDefaultsAreThePapersForCifar10AndTheOfficialCodes() {
        assertThat(Flow.realNvp(32, 32, 3))
                .isEqualTo(new ImageRealNvp(
                        32,
                        32,
                        3,
                        64,
                        8,
                        2,
                        Logit.Variant.SYMMETRIC,
                        0.05,
                        LogScale.TANH,
                        RealNvp.Normalisation.BATCH_NORM,
                        1));
        assertThat(Flow.realNvp(32, 32, 3).small())
                .isEqualTo(Flow.realNvp(32, 32, 3).features(16).blocks(1).scales(4));
        assertThat(Flow.realNvp(27, 27, 1).scales()).isEqualTo(1);
    }

    @Test
    void everySettingIsKept() {
        assertThat(Flow.realNvp(8, 4, 3)
                        .features(5)
                        .blocks(6)
                        .scales(1)
                        .logit(Logit.Variant.PAPER, 0.01)
                        .logScale(LogScale.SIGMOID)
                        .normalisation(RealNvp.Normalisation.NONE)
                        .seed(9))
                .isEqualTo(new ImageRealNvp(
                        8, 4, 3, 5, 6, 1, Logit.Variant.PAPER, 0.01, LogScale.SIGMOID, RealNvp.Normalisation.NONE, 9));
    }

    @ParameterizedTest
    @CsvSource({"4, 4, 1", "8, 8, 2", "28, 28, 3", "32, 32, 4", "64, 64, 5", "27, 28, 1", "6, 8, 1", "16, 32, 3"})
    void theDeepestScaleIsFourByFourOrOdd(int height, int width, int scales) {
        assertThat(ImageRealNvp.deepest(height, width)).isEqualTo(scales);
    }

    @Test
    void couplingsFollowThePaper() {
        Flow flow = TINY.build();
        List<Bijection> layers = flow.layers();
        assertThat(layers.get(0)).isInstanceOf(Logit.class);
        List<Coupling> couplings = couplings(flow);
        assertThat(couplings).hasSize(3 + 3 + 4);
        assertThat(couplings)
                .extracting(coupling -> settings(coupling).features())
                .containsExactly(3, 3, 3, 6, 6, 6, 6, 6, 6, 6);
        assertThat(couplings)
                .extracting(coupling -> settings(coupling).height())
                .containsExactly(8, 8, 8, 4, 4, 4, 4, 4, 4, 4);
        assertThat(couplings)
                .extracting(coupling -> settings(coupling).withMask())
                .containsExactly(true, true, true, false, false, false, true, true, true, true);
        assertThat(couplings)
                .extracting(coupling -> settings(coupling).inputChannels())
                .containsExactly(1, 1, 1, 2, 2, 2, 2, 2, 2, 2);
        assertThat(layers.stream().filter(layer -> layer instanceof BatchNorm)).hasSize(10);
        assertThat(layers.stream().filter(layer -> layer instanceof Squeeze)).hasSize(3);
        assertThat(layers.stream().filter(layer -> layer instanceof FactorOut)).hasSize(1);
        assertThat(flow.base()).isEqualTo(new StandardNormal(64));
    }

    private static List<Coupling> couplings(Flow flow) {
        return flow.layers().stream()
                .filter(Coupling.class::isInstance)
                .map(Coupling.class::cast)
                .toList();
    }

    private static ResidualConvSettings settings(Coupling coupling) {
        return ((ResidualConv) coupling.conditioner()).settings();
    }

    /** Each pair of couplings works on all entries of its scale, and later scales on half of those before. */
    @Test
    void everyEntryOfAScaleIsTransformed() {
        Flow flow = Flow.realNvp(8, 8, 3).features(2).blocks(1).scales(3).build();
        List<Coupling> couplings = couplings(flow);
        int[] leading = {192, 192, 192, 192, 192, 192, 96, 96, 96, 96, 96, 96, 48, 48, 48, 48};
        for (int i = 0; i < couplings.size(); i++) {
            Coupling coupling = couplings.get(i);
            int[] a = coupling.partition().untouched();
            int[] b = coupling.partition().transformed();
            assertThat(IntStream.concat(IntStream.of(a), IntStream.of(b)).sorted())
                    .containsExactlyElementsOf(
                            IntStream.range(0, leading[i]).boxed().toList());
            if (i % 3 > 0) {
                assertThat(b).isEqualTo(couplings.get(i - 1).partition().untouched());
            }
            int channels = settings(coupling).outputChannels() / 2;
            int[] outputs = settings(coupling).outputPositions();
            for (int j = 0; j < b.length; j++) {
                assertThat(outputs[j + b.length]).isEqualTo(outputs[j] + channels);
                assertThat(outputs[j] % (2 * channels)).isLessThan(channels);
            }
        }
    }

    /** A pixel's parameters come from the place of the network's image where the pixel is. */
    @Test
    void networksSeePixelsWhereTheyAre() {
        for (Coupling coupling :
                couplings(Flow.realNvp(4, 4, 3).features(2).blocks(1).scales(2).build())) {
            ResidualConvSettings settings = settings(coupling);
            int channels = settings.inputChannels();
            int rowChannels = settings.withMask() ? channels : 2 * channels;
            int[] a = coupling.partition().untouched();
            int[] b = coupling.partition().transformed();
            for (int j = 0; j < a.length; j++) {
                assertThat(settings.inputPositions()[j] / channels).isEqualTo(a[j] / rowChannels);
                assertThat(settings.inputPositions()[j] % channels).isEqualTo(a[j] % channels);
            }
            for (int j = 0; j < b.length; j++) {
                assertThat(settings.outputPositions()[j] / (2 * channels)).isEqualTo(b[j] / rowChannels);
                assertThat(settings.outputPositions()[j] % (2 * channels)).isEqualTo(b[j] % channels);
            }
        }
    }

    @Test
    void normalisationIsChosen() {
        assertThat(TINY.normalisation(RealNvp.Normalisation.ACT_NORM).build().layers())
                .hasAtLeastOneElementOfType(ActNorm.class)
                .doesNotHaveAnyElementsOfTypes(BatchNorm.class);
        assertThat(TINY.normalisation(RealNvp.Normalisation.NONE).build().layers())
                .doesNotHaveAnyElementsOfTypes(ActNorm.class, BatchNorm.class);
    }

    /** Without normalisation, only logit, order and base are left. */
    @Test
    void beginsAsTheLogit() {
        Flow flow = TINY.normalisation(RealNvp.Normalisation.NONE).build();
        double[] row = images(flow, 1);
        double[] z = flow.forward(row, 1);
        Flow logit = Flow.of(flow.layers().get(0), flow.base());
        assertThat(Arrays.stream(z).sorted().toArray())
                .isEqualTo(Arrays.stream(logit.forward(row, 1)).sorted().toArray());
        assertThat(flow.logProb(row)).isCloseTo(logit.logProb(row), within(1e-12 * 64));
    }

    /** They are what the first scale has made of them, to the bit. */
    @Test
    void deeperScalesLeaveFactoredOutVariablesAlone() {
        Flow flow = Flows.randomised(TINY.build());
        List<Bijection> layers = flow.layers();
        int end = 1
                + IntStream.range(0, layers.size())
                        .filter(i -> layers.get(i) instanceof FactorOut)
                        .findFirst()
                        .orElseThrow();
        Flow firstScale = Flow.of(new Composition(layers.subList(0, end)), flow.base());
        double[] row = images(flow, 1);
        double[] early = firstScale.forward(row, 1);
        double[] late = flow.forward(row, 1);
        assertThat(Arrays.copyOfRange(late, 32, 64)).isEqualTo(Arrays.copyOfRange(early, 32, 64));
        for (int j = 0; j < 32; j++) {
            assertThat(late[j]).isNotEqualTo(early[j]);
        }
    }

    /** In float, outputs of the networks jump by 1e-7, which the step of 1e-3 turns into 1e-4 an entry. */
    @Test
    void logDetIsThatOfTheJacobian() {
        Flow flow = Flows.randomised(
                Flow.realNvp(4, 4, 1).features(3).blocks(1).scales(2).build());
        double[] row = images(flow, 1);
        double logDet = Arrays.stream(flow.layerLogDets(row)).sum();
        double expected = Jacobian.logAbsDeterminant(at -> flow.forward(at, 1), row);
        assertThat(logDet).isCloseTo(expected, within(5e-3));
    }

    @Test
    void roundTripIsExact() {
        Flow flow = Flows.randomised(
                Flow.realNvp(8, 8, 3).features(8).blocks(2).scales(2).build());
        double[] rows = images(flow, 100);
        assertThat(flow.inverse(flow.forward(rows, 100), 100)).containsExactly(rows, within(1e-8));
    }

    @Test
    void seedsDecideTheWeights() {
        assertThat(firstWeights(TINY)).isEqualTo(firstWeights(TINY)).isNotEqualTo(firstWeights(TINY.seed(2)));
    }

    private static double[] firstWeights(ImageRealNvp description) {
        Coupling first = couplings(description.build()).get(0);
        return States.values(first.conditioner().state()).values().stream()
                .flatMapToDouble(Arrays::stream)
                .toArray();
    }

    @Test
    void whatIsNoFlowIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Flow.realNvp(0, 8, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> TINY.features(0));
        assertThatIllegalArgumentException().isThrownBy(() -> TINY.blocks(0));
        assertThatIllegalArgumentException().isThrownBy(() -> TINY.scales(0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Flow.realNvp(28, 28, 1).scales(4))
                .withMessageContaining("28 × 28 have at most 3 scales, not 4: 7 × 7");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Flow.realNvp(1, 1, 3))
                .withMessageContaining("at least 2 pixels");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Flow.realNvp(2, 2, 1).scales(2));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TINY.logit(Logit.Variant.PAPER, 0.5).build())
                .withMessageContaining("0.5");
    }
}

package dev.millrace.bijection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.Flow;
import dev.millrace.kernel.Memory;
import dev.millrace.net.DoubleTensor;
import dev.millrace.net.FloatTensor;
import dev.millrace.net.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompositionTest {

    @Test
    void neighboursMustFit() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Composition.of(Scaling.create(3), Scaling.create(3), Scaling.create(2)))
                .withMessageContaining("layer 2 takes [2], but layer 1 gives [3]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Composition.of(new Sigmoid(Shape.of(2, 2)), Scaling.create(4)))
                .withMessageContaining("takes [4], but layer 0 gives [2, 2]");
        assertThatIllegalArgumentException().isThrownBy(Composition::of);
    }

    @Test
    void stateIsNamedByLayer() {
        Composition nested = Composition.of(
                Permutation.reversal(2), Composition.of(ActNorm.create(2), Scaling.create(2)), LuLinear.create(2, 1));
        assertThat(nested.state().keySet())
                .containsExactly("1.0.centre", "1.0.logScale", "1.0.initialised", "1.1.logScale", "2.factors");
    }

    @Test
    void layersStartFromTheDataThatArrivesAtThem() {
        Scaling scaling = Scaling.create(2);
        Bijections.randomise(scaling, 4);
        Composition composition =
                Composition.of(scaling, Composition.of(ActNorm.create(2), Permutation.reversal(2)), ActNorm.create(2));
        int rows = 10_000;
        double[] x = Run.numbers(rows * 2, 1);
        double[] given = x.clone();
        composition.initialise(given, rows);
        assertThat(given).isEqualTo(x);
        double squares = 0;
        for (double z : Run.forward(composition, x).z) {
            squares += z * z;
        }
        assertThat(squares / x.length).isCloseTo(1, within(1e-9));
        double[] second = ((DoubleTensor) composition.state().get("2.logScale")).data();
        assertThat(second).containsExactly(new double[] {0, 0}, within(1e-9));
    }

    /** Affine factors multiply over the layers; with these weights rounding errors grow by 10 to 100. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void sixtyFourCouplingsAreInvertible(int form) {
        List<Bijection> layers = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            Partition partition = Partition.even(8);
            layers.add(Bijections.coupling(i % 2 == 0 ? partition : partition.exchanged(), form, i % 3 == 0));
        }
        Composition composition = new Composition(layers);
        double[] x = Run.numbers(8 * 300, 1);
        assertThat(Run.inverse(composition, Run.forward(composition, x).z).x).isEqualTo(x);

        Bijections.randomise(composition, 5);
        composition.state().values().forEach(tensor -> scale(tensor, 0.3f));
        composition.parametersChanged();
        Run forward = Run.forward(composition, x);
        Run inverse = Run.inverse(composition, forward.z);
        assertThat(inverse.x).containsExactly(x, within(1e-12)).isNotEqualTo(forward.z);
        for (int row = 0; row < forward.logDet.length; row++) {
            assertThat(forward.logDet[row] + inverse.logDet[row]).isCloseTo(0, within(1e-12));
        }
    }

    private static void scale(Tensor tensor, float factor) {
        if (tensor instanceof FloatTensor floats) {
            for (int i = 0; i < floats.data().length; i++) {
                floats.data()[i] *= factor;
            }
        }
    }

    @Test
    void sharedMemoryGivesTheSameBitsWithFewerArrays() {
        Composition composition = Composition.of(
                Bijections.coupling(Partition.even(6), 1, true),
                Bijections.coupling(Partition.firstHalf(6), 2, false),
                Composition.of(LuLinear.create(6, 1), Bijections.coupling(Partition.firstHalf(6), 0, true)),
                new Sigmoid(Shape.of(6)));
        Bijections.randomise(composition, 6);
        double[] x = Run.numbers(60, 1);
        Run kept = Run.forward(composition, x, composition.pass(10, Memory.kept()));
        Run shared = Run.forward(composition, x, composition.pass(10, Memory.shared()));
        assertThat(shared.z).isEqualTo(kept.z);
        assertThat(shared.logDet).isEqualTo(kept.logDet);
    }

    /** 64 rows as long as they fit, a function of the widest layer. */
    @Test
    void wideRowsGoThroughInSmallBlocks() {
        assertThat(Composition.of(Scaling.create(2)).blockRows()).isEqualTo(64);
        assertThat(Composition.of(Scaling.create(1024)).blockRows()).isEqualTo(64);
        assertThat(Composition.of(Scaling.create(3072)).blockRows()).isEqualTo(21);
        assertThat(Composition.of(Scaling.create(1 << 17)).blockRows()).isEqualTo(1);
        assertThat(new Composition(Flow.realNvp(32, 32, 3)
                                .features(40)
                                .blocks(1)
                                .build()
                                .layers())
                        .blockRows())
                .isEqualTo(1);
    }
}

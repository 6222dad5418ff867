package dev.millrace.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.data.Index.atIndex;

import java.nio.FloatBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class TensorTest {

    @Test
    void floatMatrixPadsItsRowsWithZeros() {
        FloatTensor matrix = FloatTensor.matrix(2, 3);
        matrix.setValues(new float[] {1, 2, 3, 4, 5, 6});
        assertThat(matrix.shape()).containsExactly(2, 3);
        assertThat(matrix.stride()).isEqualTo(16);
        assertThat(matrix.data()).hasSize(32).startsWith(1, 2, 3, 0).contains(4, atIndex(16));
        assertThat(matrix.values()).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(matrix.gradient()).hasSize(32).containsOnly(0).isSameAs(matrix.gradient());
        assertThat(matrix.trainable()).isTrue();
    }

    @Test
    void floatsComeAndGoInPieces() {
        FloatTensor matrix = FloatTensor.matrix(3, 3);
        matrix.put(2, FloatBuffer.wrap(new float[] {1, 2, 3, 4, 5}));
        assertThat(matrix.values()).containsExactly(0, 0, 1, 2, 3, 4, 5, 0, 0);
        assertThat(matrix.data()[3]).isZero();
        float[] piece = new float[4];
        matrix.get(3, FloatBuffer.wrap(piece));
        assertThat(piece).containsExactly(2, 3, 4, 5);
    }

    @Test
    void floatVectorHasOneLength() {
        FloatTensor vector = FloatTensor.vector(17);
        assertThat(vector.shape()).containsExactly(17);
        assertThat(vector.size()).isEqualTo(17);
        assertThat(vector.data()).hasSize(32);
    }

    @Test
    void wrongNumberOfValuesIsAnError() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FloatTensor.matrix(2, 3).setValues(new float[5]))
                .withMessageContaining("[2, 3]");
    }

    @Test
    void copiesShareNothing() {
        FloatTensor floats = FloatTensor.vector(2);
        floats.copy().data()[0] = 1;
        assertThat(floats.values()).containsExactly(0, 0);
        double[] values = {1, 2};
        DoubleTensor doubles = DoubleTensor.parameter(values);
        doubles.copy().data()[0] = 7;
        values[1] = 7;
        doubles.shape()[0] = 7;
        assertThat(doubles.data()).containsExactly(1, 2);
        assertThat(doubles.shape()).containsExactly(2);
    }

    @Test
    void bufferHasNoGradient() {
        DoubleTensor buffer = DoubleTensor.buffer(1, 2);
        assertThat(buffer.trainable()).isFalse();
        assertThat(buffer.copy().trainable()).isFalse();
        assertThatIllegalStateException().isThrownBy(buffer::gradient);
    }

    @Test
    void gradientIsTheSumOfItsLiveParts() {
        DoubleTensor matrix = DoubleTensor.squareParameter(2);
        assertThat(matrix.shape()).containsExactly(2, 2);
        double[] one = new double[4];
        double[] two = {1, 1, 1, 1};
        Runnable work = matrix.gradientFrom(List.of(one, two));
        one[2] = 5;
        work.run();
        work.run();
        assertThat(matrix.gradient()).containsExactly(1, 1, 6, 1);
    }

    @Test
    void valuesAreTakenOverFromTheSameShapeAndKindOnly() {
        FloatTensor floats = FloatTensor.vector(2);
        FloatTensor source = FloatTensor.vector(2);
        source.setValues(new float[] {1, 2});
        floats.copyFrom(source);
        assertThat(floats.values()).containsExactly(1, 2);
        DoubleTensor doubles = DoubleTensor.buffer(0, 0);
        doubles.copyFrom(DoubleTensor.buffer(3, 4));
        assertThat(doubles.data()).containsExactly(3, 4);
        assertThat(doubles.zeros().data()).containsExactly(0, 0);
        assertThatIllegalArgumentException().isThrownBy(() -> doubles.copyFrom(floats));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> floats.copyFrom(FloatTensor.matrix(1, 2)))
                .withMessageContaining("[2]")
                .withMessageContaining("[1, 2]");
    }
}

package dev.millrace.bijection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ShapeTest {

    @Test
    void sizeIsTheProductOfLengths() {
        assertThat(Shape.of(4, 3, 2).size()).isEqualTo(24);
        assertThat(Shape.of(4, 3, 2)).isEqualTo(Shape.of(4, 3, 2)).isNotEqualTo(Shape.of(24));
        assertThat(Shape.of(4, 3, 2)).hasToString("[4, 3, 2]");
    }

    @Test
    void impossibleShapesAreErrors() {
        assertThatIllegalArgumentException().isThrownBy(Shape::of);
        assertThatIllegalArgumentException().isThrownBy(() -> Shape.of(3, 0)).withMessageContaining("[3, 0]");
        assertThatThrownBy(() -> Shape.of(1 << 16, 1 << 16).size()).isInstanceOf(ArithmeticException.class);
    }
}

package dev.millrace.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.millrace.Flow;
import dev.millrace.Flows;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BudgetTest {

    static Stream<Named<Flow>> flows() {
        return Flows.everyKind();
    }

    /** A part that claims too little lets a file make it larger than the file itself; one that claims too much is lost. */
    @ParameterizedTest
    @MethodSource("flows")
    void anArchitectureClaimsWhatItsFlowHas(Flow flow) {
        assertThat(leftBy(flow)).isEqualTo("0 tensors and 0 numbers");
    }

    @Test
    void rowsMustBeCalledForByTheTextOrBeFew() {
        String text = "x".repeat(1000);
        Budget budget = Budget.of(new TensorHeader(Map.of(), List.of()), "", text);
        Fields where = Fields.of(Map.of(), "layer");
        budget.takeRow(where, Settings.MAX_DIMENSION);
        budget.takeRow(where, 1500);
        assertThatExceptionOfType(ModelFormatException.class)
                .isThrownBy(() -> budget.takeRow(where, 501))
                .withMessage("layer: rows of 501 entries, but the layers list so few that there are only 500 left");
    }

    private static String leftBy(Flow flow) {
        Map<String, Object> tree = Architecture.write(flow);
        TensorHeader header = TensorHeader.layOut(Map.of(), new FlowTensors(flow.state()).contents());
        Budget budget = Budget.of(header, "", Json.write(tree));
        Architecture.read(Fields.of(tree, "architecture"), budget);
        return budget.left();
    }
}

package dev.millrace.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.Allocation;
import dev.millrace.Flow;
import dev.millrace.Flows;
import dev.millrace.NonFiniteException;
import dev.millrace.train.EpochReport;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Damaged model files are refused as such, or are other models that can be used; nothing else comes out. */
class ModelFuzzTest {

    private static final int ROUNDS = 500;

    static Stream<Named<Flow>> flows() {
        return Flows.everyKind().filter(flow -> flow.getPayload().parameterCount() > 0);
    }

    @ParameterizedTest
    @MethodSource("flows")
    void damagedFilesAreRefusedOrModels(Flow flow) {
        byte[] valid = new Model(
                        flow, Map.of("a", 1L), Map.of("b", List.of("c")), List.of(new EpochReport(1, -1, -2, 0.1)))
                .toBytes();
        int header = (int) ByteBuffer.wrap(valid).order(ByteOrder.LITTLE_ENDIAN).getLong();
        Random random = new Random(7);
        int refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = damage(valid.clone(), header, random);
            Model[] model = new Model[1];
            long cost = Allocation.bytes(() -> model[0] = readOrNull(bytes));
            assertThat(cost).isLessThan((8L << 20) + 200L * bytes.length);
            if (model[0] == null) {
                refused++;
            } else {
                requireUsable(model[0]);
            }
        }
        // Both ends of the reader were reached.
        assertThat(refused).isBetween(ROUNDS / 10, ROUNDS * 19 / 20);
    }

    private static Model readOrNull(byte[] bytes) {
        try {
            return Model.read(bytes);
        } catch (ModelFormatException e) {
            assertThat(e).hasMessageNotContaining("null");
            return null;
        }
    }

    private static void requireUsable(Model model) {
        assertThat(Model.read(model.toBytes()).sha256()).isEqualTo(model.sha256());
        try {
            model.flow().logProb(new double[model.flow().dimension()]);
            model.flow().sample(1, 1);
        } catch (NonFiniteException e) {
            assertThat(e).hasMessageContaining("finite");
        }
    }

    private static byte[] damage(byte[] bytes, int header, Random random) {
        switch (random.nextInt(5)) {
            case 0 -> bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            case 1 -> bytes[Long.BYTES + random.nextInt(header)] ^= (byte) (1 << random.nextInt(7));
            case 2 -> changeDigit(bytes, Long.BYTES + random.nextInt(header));
            case 3 ->
                bytes[bytes.length - 1 - random.nextInt(bytes.length - header - Long.BYTES)] = (byte) random.nextInt();
            default -> {
                return Arrays.copyOf(bytes, random.nextInt(bytes.length + 5));
            }
        }
        return bytes;
    }

    /** Other numbers in a header that stays valid JSON reach the checks behind the parser. */
    private static void changeDigit(byte[] bytes, int start) {
        for (int i = start; i < bytes.length; i++) {
            if (bytes[i] >= '0' && bytes[i] <= '9') {
                bytes[i] = (byte) ('0' + (bytes[i] - '0' + start) % 10);
                return;
            }
        }
    }
}

package dev.millrace.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.millrace.Allocation;
import dev.millrace.Flow;
import dev.millrace.Flows;
import dev.millrace.bijection.ActNorm;
import dev.millrace.bijection.BatchNorm;
import dev.millrace.bijection.Bijection;
import dev.millrace.bijection.Channels;
import dev.millrace.bijection.Composition;
import dev.millrace.bijection.Permutation;
import dev.millrace.bijection.Scaling;
import dev.millrace.distribution.StandardNormal;
import dev.millrace.net.States;
import dev.millrace.train.EpochReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ModelTest {

    private static final List<EpochReport> HISTORY =
            List.of(new EpochReport(1, -3.25, Double.NaN, 1e-3), new EpochReport(2, -3, -3.125, 5e-4));

    static Stream<Named<Flow>> flows() {
        return Flows.everyKind();
    }

    @ParameterizedTest
    @MethodSource("flows")
    void aLoadedModelHasTheSameBits(Flow flow, @TempDir Path folder) throws IOException {
        Model model = new Model(flow, Map.of("columns", List.of("a", "b")), Map.of("seed", 7L), HISTORY);
        Path file = folder.resolve("model.millrace");
        model.write(file);
        Model loaded = Model.read(file);

        assertThat(loaded.encoding()).isEqualTo(model.encoding());
        assertThat(loaded.provenance()).isEqualTo(model.provenance());
        assertThat(loaded.history()).isEqualTo(HISTORY);
        Map<String, double[]> values = States.values(flow.state());
        assertThat(States.values(loaded.flow().state()))
                .usingRecursiveComparison()
                .isEqualTo(values);
        double[] rows = Flows.rows(flow, 100);
        assertThat(scores(loaded.flow(), rows)).isEqualTo(scores(flow, rows));
        assertThat(loaded.flow().sample(100, 5)).isEqualTo(flow.sample(100, 5));

        assertThat(file).hasBinaryContent(model.toBytes());
        assertThat(loaded.toBytes()).isEqualTo(model.toBytes());
        assertThat(loaded.sha256()).isEqualTo(model.sha256());
        assertThat(Model.read(model.toBytes()).toBytes()).isEqualTo(model.toBytes());
    }

    /** Matrices of many pieces, whose padded rows begin and end within one; with and without panels. */
    @Test
    void theWeightsOfALargeModelAreInMemoryOnce(@TempDir Path folder) {
        Flow flow = Flow.nice(100).hidden(600, 600, 300).build();
        Model model = new Model(flow, Map.of(), Map.of(), HISTORY);
        Path file = folder.resolve("model.millrace");
        long weights = (long) Float.BYTES * flow.parameterCount();
        assertThat(Allocation.bytes(() -> write(model, file))).isLessThan(weights / 4);
        assertThat(Allocation.bytes(model::sha256)).isLessThan(weights / 4);
        Model[] loaded = new Model[1];
        assertThat(Allocation.bytes(() -> loaded[0] = read(file))).isLessThan(weights * 3 / 2);
        assertThat(States.values(loaded[0].flow().state()))
                .usingRecursiveComparison()
                .isEqualTo(States.values(flow.state()));
    }

    private static void write(Model model, Path file) {
        try {
            model.write(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Model read(Path file) {
        try {
            return Model.read(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double[] scores(Flow flow, double[] rows) {
        double[] logProb = new double[100];
        flow.logProb(rows, 100, logProb);
        return logProb;
    }

    @Test
    void everythingInAModelCountsForItsDigest() {
        Flow flow = Flow.realNvp(2).hidden(4).build();
        String digest = new Model(flow, Map.of(), Map.of(), HISTORY).sha256();
        assertThat(new Model(flow.copy(), Map.of(), Map.of(), HISTORY).sha256()).isEqualTo(digest);
        assertThat(new Model(flow, Map.of("a", 1L), Map.of(), HISTORY).sha256()).isNotEqualTo(digest);
        assertThat(new Model(flow, Map.of(), Map.of("a", 1L), HISTORY).sha256()).isNotEqualTo(digest);
        assertThat(new Model(flow, Map.of(), Map.of(), HISTORY.subList(0, 1)).sha256())
                .isNotEqualTo(digest);
        Flow other = Flow.realNvp(2).hidden(4).seed(2).build();
        assertThat(new Model(other, Map.of(), Map.of(), HISTORY).sha256()).isNotEqualTo(digest);
    }

    @Test
    void everyPartOfAModelMustBeThere() {
        Flow flow = Flow.realNvp(2).hidden(4).build();
        requirePart("flow", () -> new Model(null, Map.of(), Map.of(), List.of()));
        requirePart("encoding", () -> new Model(flow, null, Map.of(), List.of()));
        requirePart("provenance", () -> new Model(flow, Map.of(), null, List.of()));
        requirePart("history", () -> new Model(flow, Map.of(), Map.of(), null));
    }

    private static void requirePart(String name, ThrowingCallable model) {
        assertThatNullPointerException().isThrownBy(model).withMessage(name);
    }

    @Test
    void theOrderOfTheKeysIsThatOfTheirMap() {
        Flow flow = Flow.realNvp(2).hidden(4).build();
        Model model = new Model(flow, Map.of(), ordered("seed", "data"), List.of());
        assertThat(Model.read(model.toBytes()).provenance().keySet()).containsExactly("seed", "data");
        Model other = new Model(flow, Map.of(), ordered("data", "seed"), List.of());
        assertThat(other).isEqualTo(model);
        assertThat(other.sha256()).isNotEqualTo(model.sha256());
    }

    private static Map<String, Object> ordered(String... keys) {
        Map<String, Object> tree = new LinkedHashMap<>();
        for (String key : keys) {
            tree.put(key, 1L);
        }
        return tree;
    }

    /** At the last of many scales, few of a row's entries are normalised. */
    @Test
    void aLayerMayLeaveAlmostAllEntriesAlone() {
        Channels last = Channels.of(1000, new int[] {7}, 1);
        Flow flow = Flow.of(Composition.of(BatchNorm.create(last), ActNorm.create(last)), new StandardNormal(1000));
        Model model = new Model(flow, Map.of(), Map.of(), List.of());
        assertThat(Model.read(model.toBytes()).toBytes()).isEqualTo(model.toBytes());
    }

    @ParameterizedTest
    @MethodSource("flows")
    void everyKindOfFlowIsSavable(Flow flow) {
        double[] rows = Flows.rows(flow, 100);
        double[] before = scores(flow, rows);
        Model.requireSavable(flow);
        assertThat(scores(flow, rows)).isEqualTo(before);
    }

    @Test
    void whatWouldBeLostAfterTrainingIsRefusedBefore() {
        Permutation listed = Permutation.reversal(1_000_000);
        requireNotSavable(
                "architecture: more than 2000000 values, since it lists the entries that each layer works on; use fewer"
                        + " layers, fewer scales or smaller images",
                listed,
                listed);
        requireNotSavable(
                "architecture.layers[0].size: expected 1 to 1048576, found 1048577", Scaling.create((1 << 20) + 1));
        requireNotSavable(
                "header: 100004 tensors, at most 100000 are allowed",
                Stream.generate(() -> Scaling.create(1)).limit(25_001).toArray(Bijection[]::new));
    }

    private static void requireNotSavable(String message, Bijection... layers) {
        Composition all = Composition.of(layers);
        Flow flow = Flow.of(all, new StandardNormal(all.dimension()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Model.requireSavable(flow))
                .withMessage("this flow cannot be saved: " + message);
    }

    @Test
    void noFileIsWrittenThatHasMoreTensorsThanAreRead() {
        Bijection[] layers =
                Stream.generate(() -> Scaling.create(1)).limit(100_001).toArray(Bijection[]::new);
        Flow flow = Flow.of(Composition.of(layers), new StandardNormal(1));
        assertThatIllegalArgumentException()
                .isThrownBy(new Model(flow, Map.of(), Map.of(), List.of())::toBytes)
                .withMessage("header: 100001 tensors, at most 100000 are allowed");
    }

    @Test
    void treesThatAreNoJsonCannotBeSaved() {
        Flow flow = Flow.realNvp(2).hidden(4).build();
        Model model = new Model(flow, Map.of("today", new Object()), Map.of(), List.of());
        assertThatIllegalArgumentException().isThrownBy(model::toBytes);
    }
}

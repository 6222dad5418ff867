package dev.millrace.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.millrace.Allocation;
import dev.millrace.Flow;
import dev.millrace.Flows;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tensor files that are valid, but no model: refused with their reason, and before anything large is allocated. */
class HostileModelTest {

    private static final Flow FLOW =
            Flows.randomised(Flow.realNvp(3).couplings(1).hidden(4).build());
    private static final TensorFile VALID = TensorFile.read(new Model(FLOW, Map.of(), Map.of(), List.of()).toBytes());

    private static final String NORMAL = "{'type':'standardNormal','size':3}";

    static List<Arguments> architectures() {
        return List.of(
                refused("", "architecture: character 0: expected"),
                refused("[]", "architecture: expected an object, found a list"),
                refused("{}", "architecture.layers: missing"),
                refused("{'layers':[{'type':'sigmoid','shape':[3]}]}", "architecture.base: missing"),
                refused(flow("", NORMAL), "a composition needs at least one layer"),
                refused(flow("{}", NORMAL), "architecture.layers[0].type: missing"),
                refused(flow("3", NORMAL), "architecture.layers[0]: expected an object, found 3"),
                refused(flow("null", NORMAL), "architecture.layers[0]: expected an object"),
                layer("'type':'java.lang.Runtime'", "architecture.layers[0].type: expected one of [coupling, "),
                layer("'type':'scaling'", "architecture.layers[0].size: missing"),
                layer("'type':'scaling','size':3,'more':1", "architecture.layers[0]: unknown key \"more\""),
                layer("'type':'scaling','size':'3'", "architecture.layers[0].size: expected a whole number"),
                layer("'type':'scaling','size':3.0", "architecture.layers[0].size: expected a whole number"),
                layer("'type':'scaling','size':0", "architecture.layers[0].size: expected 1 to 1048576, found 0"),
                layer("'type':'scaling','size':-3", "expected 1 to 1048576, found -3"),
                layer("'type':'scaling','size':1000000000", "expected 1 to 1048576, found 1000000000"),
                layer("'type':'scaling','size':10000000000", "expected a whole number of at most 32 bits"),
                layer(
                        "'type':'scaling','size':1000000",
                        "needs a tensor of 1 × 1000000 numbers, but the file holds only 11 tensors and 37 numbers"),
                layer("'type':'actNorm','size':1000000", "needs 2 tensors of 1 × 1000000 numbers"),
                layer("'type':'batchNorm','size':1000000", "needs 4 tensors of 1 × 1000000 numbers"),
                layer(
                        "'type':'actNorm','size':3,'channels':10000,'entries':[0]",
                        "needs 2 tensors of 1 × 10000 numbers"),
                layer("'type':'actNorm','size':3,'channels':0,'entries':[0]", "expected 1 to 1048576, found 0"),
                layer(
                        "'type':'actNorm','size':1000,'channels':1,'entries':[0]",
                        "the bijection has dimension 1000, but the base distribution 3"),
                layer(
                        "'type':'batchNorm','size':1048577,'channels':1,'entries':[0]",
                        "expected 1 to 1048576, found 1048577"),
                layer("'type':'batchNorm','size':3,'channels':2,'entries':[0]", "not a whole number of pixels"),
                layer("'type':'batchNorm','size':3,'channels':1,'entries':[3]", "entries must ascend from 0 to 2"),
                layer(squeeze("[2,2,1]", 3), "a row of 3 entries has no room for an image of shape [2, 2, 1]"),
                layer(squeeze("[1,2,1]", 3), "cannot squeeze an image of 1 × 2"),
                layer(squeeze("[3]", 3), "an image has a height, a width and channels"),
                layer(squeeze("[2,2,1000000]", 3), "expected at most 1048576 entries"),
                layer("'type':'factorOut','shape':[1,1,3],'size':3", "cannot factor out half the channels"),
                layer("'type':'factorOut','shape':[1,2,2],'size':3", "a row of 3 entries has no room"),
                layer(
                        "'type':'coupling','dimension':3,'untouched':[0],'transformed':[0],'conditioner':"
                                + mlp(1, "[]", 1) + ",'transformer':{'type':'additive','entries':1}",
                        "takes distinct indices from 0 to 2, not 0"),
                layer("'type':'standardisation','size':1000000", "needs 2 tensors of 1 × 1000000 numbers"),
                layer("'type':'scaling','size':2", "the bijection has dimension 2, but the base distribution 3"),
                layer("'type':'permutation','source':[0,1,1]", "holds each index once, but found 1"),
                layer("'type':'permutation','source':[]", "a shape needs lengths of at least 1"),
                layer("'type':'permutation','source':[0,1,-1]", "holds each index once, but found -1"),
                layer(
                        "'type':'luLinear','permutation':"
                                + IntStream.range(0, 5000).boxed().toList(),
                        "needs a tensor of 5000 × 5000 numbers"),
                layer("'type':'sigmoid','shape':[]", "a shape needs lengths of at least 1"),
                layer("'type':'sigmoid','shape':[3,-1]", "a shape needs lengths of at least 1"),
                layer("'type':'sigmoid','shape':[100000,100000]", "integer overflow"),
                layer("'type':'sigmoid','shape':[10000,10000]", "expected at most 1048576 entries"),
                layer(
                        "'type':'logit','shape':[3],'variant':'symmetric','alpha':0.5",
                        "alpha must be in [0, 0.5), not 0.5"),
                layer(
                        "'type':'logit','shape':[3],'variant':'SYMMETRIC','alpha':0",
                        "variant: expected one of [symmetric, paper], found \"SYMMETRIC\""),
                layer("'type':'inverse','of':{'type':'inverse'}", "architecture.layers[0].of.of: missing"),
                layer("'type':'composition','layers':[]", "a composition needs at least one layer"),
                refused(nested(40), "character "),
                refused(flow("{'type':'sigmoid','shape':[3]}", "{'type':'uniform','size':3}"), "base.type: expected"),
                refused(
                        flow("{'type':'sigmoid','shape':[3]}", "{'type':'diagonalNormal','size':1048576}"),
                        "needs 2 tensors of 1 × 1048576 numbers"),
                coupling("[0,0]", mlp(2, "[]", 1), "takes distinct indices from 0 to 2, not 0"),
                coupling("[3]", mlp(2, "[]", 1), "takes distinct indices from 0 to 2, not 3"),
                coupling("[-1]", mlp(2, "[]", 1), "takes distinct indices from 0 to 2, not -1"),
                coupling("[0,1,2]", mlp(3, "[]", 1), "must leave one to transform"),
                coupling("[0]", mlp(1, "[]", 1), "the partition transforms 2 entries, but the transformer takes 1"),
                coupling("[0,1]", mlp(1, "[]", 1), "the conditioner must take 2 entries and give 1"),
                coupling("[0,1]", mlp(2, "[1000000000]", 1), "needs a tensor of 2 × 1000000000 numbers"),
                coupling("[0,1]", mlp(2, "[4,1000000000]", 1), "needs a tensor of 4 × 1000000000 numbers"),
                coupling("[0,1]", mlp(2, "[0]", 1), "hidden widths must be at least 1"),
                coupling("[0,1]", mlp(2, "[-4]", 1), "hidden widths must be at least 1"),
                coupling("[0,1]", mlp(-1, "[]", 1), "at least 0 inputs"),
                coupling("[0,1]", mlp(2, "[]", 0), "1 output"),
                coupling(
                        "[0,1]",
                        mlp(2147483647, "[]", 2147483647),
                        "needs a tensor of 2147483647 × 2147483647 numbers"),
                coupling("[0,1]", residual(2, 1000000000, 1), "needs a tensor of 2 × 1000000000 numbers"),
                coupling("[0,1]", residual(2, 3, 2147483647), "needs 4294967294 tensors of 3 × 3 numbers"),
                coupling("[0,1]", residual(2, 3, 0), "a residual network needs"),
                coupling("[0,1]", residual(2, -3, 1), "a residual network needs"),
                coupling("[0,1]", conv(1, 3, "[0,1]", 100, 1), "needs a tensor of 100 × 100 numbers"),
                coupling("[0,1]", conv(1, 3, "[0,1]", 1000000, 1), "needs a tensor of 27 × 1000000 numbers"),
                coupling("[0,1]", conv(1, 3, "[0,1]", 1, 2147483647), "needs 17179869176 tensors of 1 × 1 numbers"),
                coupling("[0,1]", conv(1, 3, "[0,1]", 0, 1), "expected 1 to 1048576, found 0"),
                coupling("[0,1]", conv(1, 3, "[0,1]", 1, -1), "a convolutional network needs"),
                coupling(
                        "[0,1]",
                        conv(1048576, 1048576, "[0,1]", 1, 0),
                        "inputChannels: expected an image of at most 1048576 entries for these positions, found 1099511"),
                coupling("[0,1]", conv(1, 3, "[0,1]", 1, 0), "a convolutional network needs"));
    }

    private static Arguments layer(String fields, String message) {
        return refused(flow("{" + fields + "}", NORMAL), message);
    }

    private static String squeeze(String shape, int size) {
        return "'type':'squeeze','shape':" + shape + ",'order':'plain','undone':false,'size':" + size;
    }

    private static Arguments coupling(String untouched, String conditioner, String message) {
        return layer(
                "'type':'coupling','dimension':3,'untouched':" + untouched + ",'conditioner':" + conditioner
                        + ",'transformer':{'type':'additive','entries':1}",
                message);
    }

    private static String mlp(int inputs, String hidden, int outputs) {
        return "{'type':'mlp','inputs':" + inputs + ",'hidden':" + hidden + ",'outputs':" + outputs
                + ",'activation':'relu'}";
    }

    private static String residual(int inputs, int width, int blocks) {
        return "{'type':'residualMlp','inputs':" + inputs + ",'width':" + width + ",'blocks':" + blocks
                + ",'outputs':1,'activation':'relu'}";
    }

    private static String conv(int height, int width, String inputs, int features, int blocks) {
        return "{'type':'residualConv','height':" + height + ",'width':" + width
                + ",'inputChannels':1,'inputPositions':" + inputs
                + ",'outputChannels':1,'outputPositions':[2],'features':" + features + ",'blocks':" + blocks
                + ",'withMask':true}";
    }

    private static String nested(int depth) {
        return flow("{'type':'composition','layers':[".repeat(depth) + "]}".repeat(depth), NORMAL);
    }

    private static String flow(String layers, String base) {
        return "{'layers':[" + layers + "],'base':" + base + "}";
    }

    private static Arguments refused(String architecture, String message) {
        return Arguments.of(architecture.replace('\'', '"'), message);
    }

    @ParameterizedTest
    @MethodSource("architectures")
    void anArchitectureIsRefused(String architecture, String message) {
        requireRefusal(with("architecture", architecture), VALID.tensors().values(), message);
    }

    /** Layers that are small in numbers, but not in memory. */
    static List<Arguments> manyTinyLayers() {
        return List.of(
                tiny("mlp", (tensors, numbers) -> mlp(2, ones(Math.min(tensors, numbers) / 2 - 2), 1)),
                tiny("residualMlp", (tensors, numbers) -> residual(2, 1, Math.min(tensors, numbers) / 4 - 1)),
                tiny(
                        "residualConv",
                        (tensors, numbers) -> conv(1, 3, "[0,1]", 1, Math.min(tensors / 14, numbers / 18 - 10) - 1)));
    }

    private static Arguments tiny(String name, NetworkOf network) {
        return Arguments.of(Named.of(name, network));
    }

    /** The text of a network for a file of so many tensors and numbers. */
    private interface NetworkOf {
        String apply(int tensors, int numbers);
    }

    private static String ones(int count) {
        return "[" + "1,".repeat(count - 1) + "1]";
    }

    @ParameterizedTest
    @MethodSource("manyTinyLayers")
    void manyTinyLayersAreBoundedByTheTensorsOfTheFile(NetworkOf network) {
        StoredTensor large = StoredTensor.of("filler", new int[] {200_000}, new float[200_000]);
        String deep = (String)
                coupling("[0,1]", network.apply(Integer.MAX_VALUE, 200_000), "").get()[0];
        requireRefusal(with("architecture", deep), List.of(large), "numbers, but the file holds only ");

        List<StoredTensor> small = IntStream.range(0, 10_000)
                .mapToObj(i -> StoredTensor.of("" + i, new int[] {4}, new float[4]))
                .toList();
        String full =
                (String) coupling("[0,1]", network.apply(10_000, 40_000), "").get()[0];
        requireRefusal(with("architecture", full), small, "tensor");
    }

    @Test
    void bytesAreNoParameters() {
        String deep = (String) coupling("[0,1]", mlp(2, "[4000]", 1), "").get()[0];
        StoredTensor filler = StoredTensor.of("filler", new int[] {200_000}, new byte[200_000]);
        requireRefusal(with("architecture", deep), List.of(filler), "the file holds only 0 tensors and 0 numbers");
    }

    @Test
    void tensorsMustBeThoseOfTheArchitecture() {
        List<StoredTensor> tensors = new ArrayList<>(VALID.tensors().values());
        StoredTensor first = tensors.get(0);
        assertThat(first.toString()).isEqualTo("layers.0.mean F64[3]");

        List<StoredTensor> missing = tensors.subList(1, tensors.size());
        requireRefusal(VALID.metadata(), missing, "the architecture has 11 tensors, but the file holds 10");

        List<StoredTensor> extra = new ArrayList<>(tensors);
        extra.add(StoredTensor.of("extra", new int[] {1}, new double[1]));
        requireRefusal(VALID.metadata(), extra, "the architecture has 11 tensors, but the file holds 12");

        replaceFirst(StoredTensor.of("other", new int[] {3}, new double[3]), "tensor \"layers.0.mean\": missing");
        String expected = "tensor layers.0.mean: expected F64 of shape [3], found ";
        replaceFirst(StoredTensor.of(first.name(), new int[] {3}, new float[3]), expected + "F32 of shape [3]");
        replaceFirst(StoredTensor.of(first.name(), new int[] {3}, new long[3]), expected + "I64 of shape [3]");
        replaceFirst(StoredTensor.of(first.name(), new int[] {3, 1}, new double[3]), expected + "F64 of shape [3, 1]");
        replaceFirst(StoredTensor.of(first.name(), new int[] {4}, new double[4]), expected + "F64 of shape [4]");
        for (double value : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
            replaceFirst(
                    StoredTensor.of(first.name(), new int[] {3}, new double[] {0, value, 0}),
                    "tensor layers.0.mean: holds " + value + ", expected finite numbers");
        }
    }

    private static void replaceFirst(StoredTensor other, String message) {
        List<StoredTensor> tensors = new ArrayList<>(VALID.tensors().values());
        tensors.set(0, other);
        requireRefusal(VALID.metadata(), tensors, message);
    }

    @Test
    void weightsMustBeFinite() {
        List<StoredTensor> tensors = new ArrayList<>(VALID.tensors().values());
        for (int i = 0; i < tensors.size(); i++) {
            StoredTensor tensor = tensors.get(i);
            if (tensor.dtype() == Dtype.F32) {
                float[] values = tensor.floats();
                values[values.length - 1] = Float.NEGATIVE_INFINITY;
                tensors.set(i, StoredTensor.of(tensor.name(), tensor.shape(), values));
            }
        }
        requireRefusal(VALID.metadata(), tensors, "layer0.weight: holds -Infinity, expected finite numbers");
    }

    @Test
    void textEntriesMustBeThere() {
        for (String key : List.of("format", "architecture", "encoding", "provenance", "history")) {
            Map<String, String> metadata = new LinkedHashMap<>(VALID.metadata());
            metadata.remove(key);
            requireRefusal(metadata, VALID.tensors().values(), key);
        }
        requireRefusal(with("format", "millrace-model/2"), VALID.tensors().values(), "found \"millrace-model/2\"");
        requireRefusal(with("encoding", "[1]"), VALID.tensors().values(), "encoding: expected an object");
        requireRefusal(with("provenance", "{"), VALID.tensors().values(), "provenance: character 1");
        requireRefusal(with("history", "{}"), VALID.tensors().values(), "history.epochs: missing");
        requireRefusal(
                with("history", "{\"epochs\":[],\"x\":1}"), VALID.tensors().values(), "unknown key \"x\"");
        requireRefusal(with("history", "{\"epochs\":[{}]}"), VALID.tensors().values(), "history.epochs[0].epoch");
    }

    private static Map<String, String> with(String key, String value) {
        Map<String, String> metadata = new LinkedHashMap<>(VALID.metadata());
        assertThat(metadata.put(key, value)).isNotNull();
        return metadata;
    }

    private static void requireRefusal(Map<String, String> metadata, Collection<StoredTensor> tensors, String message) {
        byte[] bytes = new TensorFile(metadata, tensors).toBytes();
        Throwable[] refusal = new Throwable[1];
        long cost = Allocation.bytes(() -> refusal[0] = catchThrowable(() -> Model.read(bytes)));
        assertThat(refusal[0]).isExactlyInstanceOf(ModelFormatException.class).hasMessageContaining(message);
        // An index of a list takes 2 characters of text and some 100 bytes while it is read; the smallest tensor of a
        // convolution 60 characters and, with its padding, some 4000 bytes.
        assertThat(cost).isLessThan((2L << 20) + 128L * bytes.length);
    }
}

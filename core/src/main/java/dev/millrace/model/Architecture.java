package dev.millrace.model;

import static dev.millrace.model.Settings.choice;
import static dev.millrace.model.Settings.dimension;
import static dev.millrace.model.Settings.list;
import static dev.millrace.model.Settings.name;
import static dev.millrace.model.Settings.shape;
import static dev.millrace.model.Settings.tree;

import dev.millrace.Flow;
import dev.millrace.bijection.ActNorm;
import dev.millrace.bijection.BatchNorm;
import dev.millrace.bijection.Bijection;
import dev.millrace.bijection.Channels;
import dev.millrace.bijection.Composition;
import dev.millrace.bijection.Coupling;
import dev.millrace.bijection.FactorOut;
import dev.millrace.bijection.Inverse;
import dev.millrace.bijection.Logit;
import dev.millrace.bijection.LuLinear;
import dev.millrace.bijection.Partition;
import dev.millrace.bijection.Permutation;
import dev.millrace.bijection.Scaling;
import dev.millrace.bijection.Sigmoid;
import dev.millrace.bijection.Squeeze;
import dev.millrace.bijection.Standardisation;
import dev.millrace.distribution.DiagonalNormal;
import dev.millrace.distribution.Distribution;
import dev.millrace.distribution.StandardLogistic;
import dev.millrace.distribution.StandardNormal;
import dev.millrace.net.Network;
import dev.millrace.transformer.Additive;
import dev.millrace.transformer.Affine;
import dev.millrace.transformer.LogScale;
import dev.millrace.transformer.RationalQuadratic;
import dev.millrace.transformer.ScaledAdditive;
import dev.millrace.transformer.Transformer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The architecture of a flow as a tree, and back: tables with a line for each kind of layer, transformer and distribution;
 * that of the networks is in {@link NetworkCodecs}. A new layer that is to be saved needs a line here.
 */
final class Architecture {

    private static final List<Codec<Bijection>> LAYERS = List.of(
            Codec.of("coupling", Coupling.class, Architecture::write, Architecture::coupling),
            Codec.of(
                    "permutation",
                    Permutation.class,
                    layer -> tree("source", list(layer.source())),
                    (fields, budget) -> Permutation.of(fields.ints("source"))),
            Codec.of(
                    "scaling",
                    Scaling.class,
                    Architecture::size,
                    (fields, budget) -> Scaling.create(size(fields, budget, 1))),
            Codec.of("actNorm", ActNorm.class, layer -> write(layer.channels()), Architecture::actNorm),
            Codec.of(
                    "batchNorm",
                    BatchNorm.class,
                    layer -> write(layer.channels()),
                    (fields, budget) -> BatchNorm.create(normalised(fields, budget, 4))),
            Codec.of(
                    "squeeze",
                    Squeeze.class,
                    layer -> tree(
                            "shape",
                            list(layer.image()),
                            "order",
                            name(layer.order()),
                            "undone",
                            layer.isUndone(),
                            "size",
                            (long) layer.dimension()),
                    (fields, budget) -> squeeze(fields)),
            Codec.of(
                    "factorOut",
                    FactorOut.class,
                    layer -> tree("shape", list(layer.image()), "size", (long) layer.dimension()),
                    (fields, budget) -> FactorOut.of(shape(fields), dimension(fields, "size"))),
            Codec.of("standardisation", Standardisation.class, Architecture::size, Architecture::standardisation),
            Codec.of(
                    "luLinear",
                    LuLinear.class,
                    layer -> tree("permutation", list(layer.permutation())),
                    Architecture::luLinear),
            Codec.of(
                    "logit",
                    Logit.class,
                    layer -> tree(
                            "shape",
                            list(layer.inputShape()),
                            "variant",
                            name(layer.variant()),
                            "alpha",
                            layer.alpha()),
                    (fields, budget) -> Logit.of(
                            shape(fields), choice(fields, "variant", Logit.Variant.class), fields.number("alpha"))),
            Codec.of(
                    "sigmoid",
                    Sigmoid.class,
                    layer -> tree("shape", list(layer.inputShape())),
                    (fields, budget) -> new Sigmoid(shape(fields))),
            Codec.of(
                    "inverse",
                    Inverse.class,
                    layer -> tree("of", layer(layer.bijection())),
                    (fields, budget) -> new Inverse(layer(fields.object("of"), budget))),
            Codec.of(
                    "composition",
                    Composition.class,
                    layer -> tree(
                            "layers",
                            layer.layers().stream().map(Architecture::layer).toList()),
                    (fields, budget) -> new Composition(layers(fields, budget))));

    private static final List<Codec<Transformer>> TRANSFORMERS = List.of(
            Codec.of(
                    "additive",
                    Additive.class,
                    transformer -> tree("entries", (long) transformer.entries()),
                    (fields, budget) -> new Additive(dimension(fields, "entries"))),
            Codec.of(
                    "scaledAdditive",
                    ScaledAdditive.class,
                    transformer -> tree("entries", (long) transformer.entries()),
                    Architecture::scaledAdditive),
            Codec.of(
                    "affine",
                    Affine.class,
                    transformer ->
                            tree("entries", (long) transformer.entries(), "logScale", name(transformer.logScale())),
                    Architecture::affine),
            Codec.of(
                    "rationalQuadratic",
                    RationalQuadratic.class,
                    transformer -> tree(
                            "entries",
                            (long) transformer.entries(),
                            "bins",
                            (long) transformer.bins(),
                            "tailBound",
                            transformer.tailBound()),
                    (fields, budget) -> new RationalQuadratic(
                            dimension(fields, "entries"), fields.integer("bins"), fields.number("tailBound"))));

    private static final List<Codec<Distribution>> DISTRIBUTIONS = List.of(
            Codec.of(
                    "standardNormal",
                    StandardNormal.class,
                    Architecture::size,
                    (fields, budget) -> new StandardNormal(size(fields, budget, 0))),
            Codec.of(
                    "standardLogistic",
                    StandardLogistic.class,
                    Architecture::size,
                    (fields, budget) -> new StandardLogistic(size(fields, budget, 0))),
            Codec.of(
                    "diagonalNormal",
                    DiagonalNormal.class,
                    Architecture::size,
                    (fields, budget) -> DiagonalNormal.create(size(fields, budget, 2))));

    private Architecture() {}

    /** @throws IllegalArgumentException if the flow has a layer of a kind that is not in the tables */
    static Map<String, Object> write(Flow flow) {
        return tree(
                "layers",
                flow.layers().stream().map(Architecture::layer).toList(),
                "base",
                Codec.write(DISTRIBUTIONS, flow.base()));
    }

    /**
     * The flow that a tree describes, with new parameters.
     *
     * @param budget what the file holds
     * @throws ModelFormatException if the tree describes no flow, or one with more parameters than that
     */
    static Flow read(Fields fields, Budget budget) {
        try {
            Composition layers = new Composition(layers(fields, budget));
            Distribution base = Codec.read(DISTRIBUTIONS, fields.object("base"), budget);
            fields.end();
            return Flow.of(layers, base);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new ModelFormatException(fields.where() + ": " + e.getMessage(), e);
        }
    }

    private static Map<String, Object> layer(Bijection layer) {
        return Codec.write(LAYERS, layer);
    }

    private static Bijection layer(Fields fields, Budget budget) {
        return Codec.read(LAYERS, fields, budget);
    }

    private static List<Bijection> layers(Fields fields, Budget budget) {
        List<Bijection> layers = new ArrayList<>();
        for (Fields layer : fields.objects("layers")) {
            layers.add(layer(layer, budget));
        }
        return layers;
    }

    private static Map<String, Object> write(Coupling coupling) {
        Partition partition = coupling.partition();
        Map<String, Object> tree =
                tree("dimension", (long) coupling.dimension(), "untouched", list(partition.untouched()));
        if (partition.untouched().length + partition.transformed().length < partition.dimension()) {
            tree.put("transformed", list(partition.transformed()));
        }
        tree.put("conditioner", Codec.write(NetworkCodecs.ALL, coupling.conditioner()));
        tree.put("transformer", Codec.write(TRANSFORMERS, coupling.transformer()));
        return tree;
    }

    private static Bijection coupling(Fields fields, Budget budget) {
        Network conditioner = Codec.read(NetworkCodecs.ALL, fields.object("conditioner"), budget);
        Transformer transformer = Codec.read(TRANSFORMERS, fields.object("transformer"), budget);
        int dimension = dimension(fields, "dimension");
        int[] untouched = fields.ints("untouched");
        Partition partition = fields.has("transformed")
                ? Partition.of(dimension, untouched, fields.ints("transformed"))
                : Partition.untouched(dimension, untouched);
        return Coupling.of(partition, conditioner, transformer);
    }

    /** Without entries and channels, every entry is normalised by itself. */
    private static Map<String, Object> write(Channels channels) {
        Map<String, Object> tree = tree("size", (long) channels.dimension());
        if (channels.count() < channels.dimension()) {
            tree.put("channels", (long) channels.count());
            tree.put("entries", list(channels.entries()));
        }
        return tree;
    }

    private static Bijection actNorm(Fields fields, Budget budget) {
        takeFlag(fields, budget);
        return ActNorm.create(normalised(fields, budget, 2));
    }

    /** @param tensors with a number for each channel */
    private static Channels normalised(Fields fields, Budget budget, int tensors) {
        if (!fields.has("channels")) {
            return Channels.ofEntries(size(fields, budget, tensors));
        }
        int channels = dimension(fields, "channels");
        budget.take(fields, tensors, 1, channels);
        int size = dimension(fields, "size");
        budget.takeRow(fields, size);
        return Channels.of(size, fields.ints("entries"), channels);
    }

    private static Bijection standardisation(Fields fields, Budget budget) {
        takeFlag(fields, budget);
        return Standardisation.create(size(fields, budget, 2));
    }

    private static Transformer scaledAdditive(Fields fields, Budget budget) {
        takeFlag(fields, budget);
        int entries = dimension(fields, "entries");
        budget.take(fields, 2, 1, entries);
        return ScaledAdditive.create(entries);
    }

    private static Transformer affine(Fields fields, Budget budget) {
        int entries = dimension(fields, "entries");
        LogScale logScale = choice(fields, "logScale", LogScale.class);
        if (logScale == LogScale.TANH) {
            budget.take(fields, 1, 1, entries);
        }
        return Affine.create(entries, logScale);
    }

    /** The number that says whether a part has begun from data. */
    private static void takeFlag(Fields fields, Budget budget) {
        budget.take(fields, 1, 1, 1);
    }

    private static Bijection squeeze(Fields fields) {
        Squeeze squeeze =
                Squeeze.of(shape(fields), choice(fields, "order", Squeeze.Order.class), dimension(fields, "size"));
        return fields.bool("undone") ? squeeze.inverted() : squeeze;
    }

    private static Bijection luLinear(Fields fields, Budget budget) {
        int[] permutation = fields.ints("permutation");
        budget.take(fields, 1, permutation.length, permutation.length);
        return LuLinear.create(Permutation.of(permutation));
    }

    private static Map<String, Object> size(Bijection layer) {
        return tree("size", (long) layer.dimension());
    }

    private static Map<String, Object> size(Distribution distribution) {
        return tree("size", (long) distribution.dimension());
    }

    /** @param tensors with a number for each entry */
    private static int size(Fields fields, Budget budget, int tensors) {
        int size = dimension(fields, "size");
        budget.take(fields, tensors, 1, size);
        return size;
    }
}

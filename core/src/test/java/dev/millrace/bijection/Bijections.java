package dev.millrace.bijection;

import dev.millrace.net.Activation;
import dev.millrace.net.FloatTensor;
import dev.millrace.net.Mlp;
import dev.millrace.net.MlpSettings;
import dev.millrace.net.Network;
import dev.millrace.net.ResidualMlp;
import dev.millrace.net.ResidualMlpSettings;
import dev.millrace.net.States;
import dev.millrace.transformer.Additive;
import dev.millrace.transformer.Affine;
import dev.millrace.transformer.LogScale;
import dev.millrace.transformer.RationalQuadratic;
import dev.millrace.transformer.ScaledAdditive;
import dev.millrace.transformer.Transformer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The table of constructors that the generic tests go over: a new layer is one line in {@link #layers}. */
final class Bijections {

    /** What numbers a bijection takes or gives. */
    enum Domain {
        REAL,
        UNIT_INTERVAL
    }

    /**
     * A bijection with random parameters.
     *
     * @param reference its formula; null for an inverse, which has no gradient to compare
     */
    record Row(String name, Bijection bijection, Reference reference, Domain from, Domain to) {

        /** Whether a network computes in it, which is in float. */
        boolean usesFloats() {
            return bijection.state().values().stream().anyMatch(FloatTensor.class::isInstance);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static final Domain REAL = Domain.REAL;

    /** Two channels of two pixels among six entries. */
    private static final Channels CHANNELS = Channels.of(6, new int[] {0, 2, 3, 5}, 2);

    private static final Domain UNIT = Domain.UNIT_INTERVAL;

    private Bijections() {}

    static Stream<Row> all() {
        return Stream.of(layers(), couplings(), compositions(), inverses())
                .flatMap(rows -> rows)
                .peek(row -> randomise(row.bijection(), 17));
    }

    /** Those with a gradient. */
    static Stream<Row> differentiable() {
        return all().filter(row -> row.reference() != null);
    }

    static void randomise(Bijection bijection, long seed) {
        States.randomise(bijection.state(), seed);
        bijection.parametersChanged();
    }

    private static Stream<Row> layers() {
        return Stream.of(
                real("permutation", Permutation.of(2, 0, 1), Reference.permutation(2, 0, 1)),
                real("reversal", Permutation.reversal(4), Reference.permutation(3, 2, 1, 0)),
                real("scaling", Scaling.create(5), Reference.scaling()),
                real("actNorm", ActNorm.create(3), Reference.diagonal("centre", "logScale")),
                real("actNorm of channels", ActNorm.create(CHANNELS), Reference.actNorm(CHANNELS)),
                real("batchNorm", BatchNorm.create(3), Reference.batchNorm(Channels.ofEntries(3))),
                real("batchNorm of channels", BatchNorm.create(CHANNELS), Reference.batchNorm(CHANNELS)),
                real(
                        "squeeze",
                        Squeeze.of(Shape.of(2, 2, 1), Squeeze.Order.PLAIN, 5),
                        Reference.permutation(0, 1, 2, 3, 4)),
                real(
                        "squeeze by the checkerboard",
                        Squeeze.of(Shape.of(2, 2, 2), Squeeze.Order.CHECKERBOARD),
                        Reference.permutation(0, 1, 6, 7, 2, 3, 4, 5)),
                real(
                        "squeeze undone",
                        Squeeze.of(Shape.of(2, 4, 1), Squeeze.Order.PLAIN, 9).inverted(),
                        Reference.permutation(0, 1, 4, 5, 2, 3, 6, 7, 8)),
                real("factor out", FactorOut.of(Shape.of(1, 2, 2), 5), Reference.permutation(0, 2, 1, 3, 4)),
                real("standardisation", Standardisation.create(2), Reference.diagonal("mean", "logPrecision")),
                real("luLinear 1", LuLinear.create(Permutation.of(0)), Reference.luLinear(0)),
                real("luLinear 3", LuLinear.create(Permutation.of(1, 2, 0)), Reference.luLinear(1, 2, 0)),
                real(
                        "luLinear 9",
                        LuLinear.create(Permutation.of(3, 1, 4, 0, 5, 8, 2, 6, 7)),
                        Reference.luLinear(3, 1, 4, 0, 5, 8, 2, 6, 7)),
                new Row("logit", logit(Logit.Variant.SYMMETRIC, 0.05), Reference.logit(0.05, 0.9), UNIT, REAL),
                new Row(
                        "logit of the paper",
                        logit(Logit.Variant.PAPER, 0.05),
                        Reference.logit(0.05, 0.95),
                        UNIT,
                        REAL),
                new Row("logit without alpha", logit(Logit.Variant.PAPER, 0), Reference.logit(0, 1), UNIT, REAL),
                new Row("sigmoid", new Sigmoid(Shape.of(2, 2)), Reference.sigmoid(), REAL, UNIT));
    }

    private static Row real(String name, Bijection bijection, Reference reference) {
        return new Row(name, bijection, reference, REAL, REAL);
    }

    private static Logit logit(Logit.Variant variant, double alpha) {
        return Logit.of(Shape.of(3), variant, alpha);
    }

    /** Every transformer over every kind of partition of 1 to 8 entries, with both kinds of networks. */
    static Stream<Row> couplings() {
        List<Row> rows = new ArrayList<>();
        for (int dimension : new int[] {1, 2, 3, 5, 8}) {
            List<Partition> partitions = List.of(
                    Partition.firstHalf(dimension),
                    Partition.even(dimension),
                    Partition.even(dimension).exchanged(),
                    dimension == 1 ? Partition.untouched(1) : Partition.untouched(dimension, dimension - 1),
                    Partition.firstHalf((dimension + 1) / 2).within(dimension));
            for (int p = 0; p < partitions.size(); p++) {
                for (int form = 0; form < 5; form++) {
                    Coupling coupling = coupling(partitions.get(p), form, p % 2 == 0);
                    String a = Arrays.toString(coupling.partition().untouched());
                    String name = "coupling of %d, A = %s, %s, %s"
                            .formatted(
                                    dimension,
                                    a,
                                    coupling.transformer(),
                                    coupling.conditioner().getClass().getSimpleName());
                    rows.add(real(name, coupling, Reference.coupling(coupling)));
                }
            }
        }
        return rows.stream();
    }

    /** @param form 0 additive, 1 affine by tanh, 2 affine by sigmoid, 3 scaled additive, else spline */
    static Coupling coupling(Partition partition, int form, boolean mlp) {
        int inputs = partition.untouched().length;
        int entries = partition.transformed().length;
        Transformer transformer =
                switch (form) {
                    case 0 -> new Additive(entries);
                    case 1 -> Affine.create(entries, LogScale.TANH);
                    case 2 -> Affine.create(entries, LogScale.SIGMOID);
                    case 3 -> ScaledAdditive.create(entries);
                    default -> new RationalQuadratic(entries, 4, 3);
                };
        int outputs = entries * transformer.parametersPerEntry();
        Network network = mlp
                ? Mlp.create(new MlpSettings(inputs, List.of(9, 5), outputs, Activation.RELU), 1)
                : ResidualMlp.create(new ResidualMlpSettings(inputs, 6, 1, outputs, Activation.SILU), 1);
        return Coupling.of(partition, network, transformer);
    }

    private static Stream<Row> compositions() {
        Coupling first = coupling(Partition.even(3), 1, false);
        Coupling second = coupling(Partition.even(3).exchanged(), 2, false);
        Composition couplings = Composition.of(first, Permutation.reversal(3), second);
        Reference couplingsReference = Reference.composition(
                List.of(Reference.coupling(first), Reference.permutation(2, 1, 0), Reference.coupling(second)));
        Composition nested = Composition.of(ActNorm.create(3), couplings, Scaling.create(3));
        Reference nestedReference = Reference.composition(
                List.of(Reference.diagonal("centre", "logScale"), couplingsReference, Reference.scaling()));
        Composition one = Composition.of(Scaling.create(2));
        Composition ofImages = Composition.of(logit(Logit.Variant.SYMMETRIC, 0.05), BatchNorm.create(3), nested.copy());
        Reference ofImagesReference = Reference.composition(
                List.of(Reference.logit(0.05, 0.9), Reference.batchNorm(Channels.ofEntries(3)), nestedReference));
        return Stream.of(
                real("composition", couplings.copy(), couplingsReference),
                real("composition of one", one, Reference.composition(List.of(Reference.scaling()))),
                real("nested composition", nested, nestedReference),
                new Row("composition from pixels", ofImages, ofImagesReference, UNIT, REAL));
    }

    private static Stream<Row> inverses() {
        Composition flow = Composition.of(
                coupling(Partition.firstHalf(4), 1, false), LuLinear.create(4, 3), new Sigmoid(Shape.of(4)));
        return Stream.of(
                real("inverse of scaling", Scaling.create(2).inverted(), null),
                real("inverse of luLinear", new Inverse(LuLinear.create(3, 1)), null),
                real("inverse of permutation", Permutation.of(2, 0, 1).inverted(), Reference.permutation(1, 2, 0)),
                real("inverse of coupling", coupling(Partition.even(5), 1, true).inverted(), null),
                new Row("inverse of sigmoid", new Sigmoid(Shape.of(3)).inverted(), null, UNIT, REAL),
                new Row("inverse of logit", logit(Logit.Variant.PAPER, 0.05).inverted(), null, REAL, UNIT),
                new Row("inverse of composition", flow.inverted(), null, UNIT, REAL));
    }
}

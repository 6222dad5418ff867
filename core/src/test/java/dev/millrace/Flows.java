package dev.millrace;

import static org.junit.jupiter.api.Named.named;

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
import dev.millrace.bijection.Shape;
import dev.millrace.bijection.Sigmoid;
import dev.millrace.bijection.Squeeze;
import dev.millrace.bijection.Standardisation;
import dev.millrace.distribution.DiagonalNormal;
import dev.millrace.distribution.Distribution;
import dev.millrace.distribution.StandardLogistic;
import dev.millrace.distribution.StandardNormal;
import dev.millrace.kernel.SplitMix;
import dev.millrace.net.Activation;
import dev.millrace.net.Mlp;
import dev.millrace.net.MlpSettings;
import dev.millrace.net.Network;
import dev.millrace.net.ResidualConv;
import dev.millrace.net.ResidualConvSettings;
import dev.millrace.net.ResidualMlp;
import dev.millrace.net.ResidualMlpSettings;
import dev.millrace.net.States;
import dev.millrace.transformer.Additive;
import dev.millrace.transformer.Affine;
import dev.millrace.transformer.LogScale;
import dev.millrace.transformer.RationalQuadratic;
import dev.millrace.transformer.ScaledAdditive;
import dev.millrace.transformer.Transformer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;

/** The flows that the generic tests go over: every kind of part is in one of them. */
public final class Flows {

    private Flows() {}

    /** Flows with random parameters. {@link #rows} suit each. */
    public static Stream<Named<Flow>> everyKind() {
        return Stream.of(
                named("every layer", everyLayer()),
                named("sigmoid and logit", sigmoidAndLogit()),
                named("logit of a shape", of(logistic(4), logit(Shape.of(2, 2), Logit.Variant.PAPER))),
                named("no networks", withoutNetworks()),
                named("smooth networks", withSmoothNetworks()),
                named("convolutional network", withConvolution()),
                named("layers of images", ofImages()),
                named(
                        "RealNVP",
                        randomised(Flow.realNvp(3).couplings(3).hidden(8).build())),
                named(
                        "RealNVP of images",
                        // Of most other seeds, the samples lie where the logit is steep and multiplies rounding.
                        randomised(
                                Flow.realNvp(4, 4, 1)
                                        .features(2)
                                        .blocks(1)
                                        .scales(2)
                                        .build(),
                                37)),
                named("NICE", randomised(Flow.nice(5).hidden(8, 7).build())),
                named(
                        "one entry",
                        randomised(Flow.realNvp(1).couplings(2).hidden(4).build())));
    }

    private static Flow everyLayer() {
        return of(
                DiagonalNormal.create(4),
                logit(Shape.of(4), Logit.Variant.SYMMETRIC),
                Standardisation.create(4),
                ActNorm.create(4),
                coupling(new Additive(2), mlp(2, 2, Activation.RELU)),
                coupling(ScaledAdditive.create(2), mlp(2, 2, Activation.RELU)),
                BatchNorm.create(4),
                Permutation.of(2, 0, 3, 1),
                coupling(Affine.create(2, LogScale.TANH), residual(2, 4, Activation.RELU)),
                LuLinear.create(4, 5),
                coupling(Affine.create(2, LogScale.SIGMOID), mlp(2, 4, Activation.ELU)),
                new Inverse(Composition.of(ActNorm.create(4), Scaling.create(4))),
                coupling(new RationalQuadratic(2, 3, 2), mlp(2, 16, Activation.TANH)),
                Scaling.create(4));
    }

    private static Flow sigmoidAndLogit() {
        Shape shape = Shape.of(3);
        return of(new StandardNormal(3), new Sigmoid(shape), Logit.of(shape, Logit.Variant.PAPER, 0));
    }

    /** Everything in double. */
    public static Flow withoutNetworks() {
        return of(
                DiagonalNormal.create(3),
                Standardisation.create(3),
                ActNorm.create(3),
                LuLinear.create(3, 2),
                BatchNorm.create(3),
                Scaling.create(3));
    }

    /** No corners. */
    static Flow withSmoothNetworks() {
        return of(
                logistic(4),
                coupling(new Additive(2), mlp(2, 2, Activation.TANH)),
                Permutation.reversal(4),
                coupling(Affine.create(2, LogScale.TANH), residual(2, 4, Activation.SILU)),
                LuLinear.create(4, 1),
                coupling(Affine.create(2, LogScale.SIGMOID), mlp(2, 4, Activation.SILU)),
                coupling(new RationalQuadratic(2, 4, 3), mlp(2, 22, Activation.TANH)));
    }

    private static Flow withConvolution() {
        ResidualConvSettings settings =
                new ResidualConvSettings(1, 4, 1, new int[] {0, 2}, 2, new int[] {2, 6, 3, 7}, 3, 2, true);
        return of(new StandardNormal(4), coupling(Affine.create(2, LogScale.TANH), ResidualConv.create(settings, 5)));
    }

    /** Of 2 × 2 pixels, 2 channels. */
    private static Flow ofImages() {
        Squeeze squeeze = Squeeze.of(Shape.of(2, 2, 2), Squeeze.Order.PLAIN);
        Partition board = Partition.checkerboard(Shape.of(2, 2, 2));
        Partition leading = Partition.checkerboard(Shape.of(1, 2, 2)).within(8);
        return of(
                new StandardNormal(8),
                Coupling.of(board, mlp(4, 8, Activation.TANH), Affine.create(4, LogScale.TANH)),
                BatchNorm.create(Channels.of(8, board.transformed(), 2)),
                squeeze,
                squeeze.inverted(),
                Squeeze.of(Shape.of(2, 2, 2), Squeeze.Order.CHECKERBOARD),
                FactorOut.of(Shape.of(1, 1, 8), 8),
                Coupling.of(leading, mlp(2, 2, Activation.TANH), new Additive(2)),
                ActNorm.create(Channels.of(8, leading.transformed(), 2)));
    }

    private static Flow of(Distribution base, Bijection... layers) {
        return randomised(Flow.of(Composition.of(layers), base));
    }

    /** Changes the flow. */
    public static Flow randomised(Flow flow) {
        return randomised(flow, 23);
    }

    private static Flow randomised(Flow flow, long seed) {
        States.randomise(flow.state(), seed);
        flow.parametersChanged();
        return flow;
    }

    private static Distribution logistic(int dimension) {
        return new StandardLogistic(dimension);
    }

    private static Bijection logit(Shape shape, Logit.Variant variant) {
        return Logit.of(shape, variant, 0.05);
    }

    private static Coupling coupling(Transformer transformer, Network network) {
        return Coupling.of(Partition.even(4), network, transformer);
    }

    private static Network mlp(int inputs, int outputs, Activation activation) {
        return Mlp.create(new MlpSettings(inputs, List.of(7), outputs, activation), 3);
    }

    private static Network residual(int inputs, int outputs, Activation activation) {
        return ResidualMlp.create(new ResidualMlpSettings(inputs, 6, 1, outputs, activation), 4);
    }

    /** Rows in (0.05, 0.95), which every flow here takes. */
    public static double[] rows(Flow flow, int count) {
        SplitMix random = new SplitMix(8);
        double[] rows = new double[count * flow.dimension()];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = 0.05 + 0.9 * random.nextDouble();
        }
        return rows;
    }

    /** One of some rows. */
    static double[] row(double[] rows, Flow flow, int number) {
        double[] row = new double[flow.dimension()];
        System.arraycopy(rows, number * row.length, row, 0, row.length);
        return row;
    }
}

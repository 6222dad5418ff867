package dev.millrace.model;

import static dev.millrace.model.Settings.choice;
import static dev.millrace.model.Settings.dimension;
import static dev.millrace.model.Settings.list;
import static dev.millrace.model.Settings.name;
import static dev.millrace.model.Settings.tree;

import dev.millrace.net.Activation;
import dev.millrace.net.Mlp;
import dev.millrace.net.MlpSettings;
import dev.millrace.net.Network;
import dev.millrace.net.ResidualConv;
import dev.millrace.net.ResidualConvSettings;
import dev.millrace.net.ResidualMlp;
import dev.millrace.net.ResidualMlpSettings;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** How conditioner networks stand in a file: a line for each kind. A new network that is to be saved needs one. */
final class NetworkCodecs {

    /** Entries that a large image may have for each one that a convolutional network sees or gives. */
    private static final long MAX_IMAGE_PER_POSITION = 16;

    static final List<Codec<Network>> ALL = List.of(
            Codec.of("mlp", Mlp.class, NetworkCodecs::write, NetworkCodecs::mlp),
            Codec.of("residualMlp", ResidualMlp.class, NetworkCodecs::write, NetworkCodecs::residualMlp),
            Codec.of("residualConv", ResidualConv.class, NetworkCodecs::write, NetworkCodecs::residualConv));

    private NetworkCodecs() {}

    private static Map<String, Object> write(Mlp network) {
        MlpSettings settings = network.settings();
        return tree(
                "inputs",
                (long) settings.inputs(),
                "hidden",
                settings.hidden().stream().map(Integer::longValue).toList(),
                "outputs",
                (long) settings.outputs(),
                "activation",
                name(settings.activation()));
    }

    private static Network mlp(Fields fields, Budget budget) {
        MlpSettings settings = new MlpSettings(
                fields.integer("inputs"),
                Arrays.stream(fields.ints("hidden")).boxed().toList(),
                fields.integer("outputs"),
                choice(fields, "activation", Activation.class));
        int width = settings.inputs();
        for (int next : settings.hidden()) {
            takeDense(fields, budget, 1, width, next);
            width = next;
        }
        takeDense(fields, budget, 1, width, settings.outputs());
        return Mlp.create(settings, 0);
    }

    private static Map<String, Object> write(ResidualMlp network) {
        ResidualMlpSettings settings = network.settings();
        return tree(
                "inputs",
                (long) settings.inputs(),
                "width",
                (long) settings.width(),
                "blocks",
                (long) settings.blocks(),
                "outputs",
                (long) settings.outputs(),
                "activation",
                name(settings.activation()));
    }

    private static Network residualMlp(Fields fields, Budget budget) {
        ResidualMlpSettings settings = new ResidualMlpSettings(
                fields.integer("inputs"),
                fields.integer("width"),
                fields.integer("blocks"),
                fields.integer("outputs"),
                choice(fields, "activation", Activation.class));
        takeDense(fields, budget, 1, settings.inputs(), settings.width());
        takeDense(fields, budget, 2L * settings.blocks(), settings.width(), settings.width());
        takeDense(fields, budget, 1, settings.width(), settings.outputs());
        return ResidualMlp.create(settings, 0);
    }

    private static Map<String, Object> write(ResidualConv network) {
        ResidualConvSettings settings = network.settings();
        return tree(
                "height",
                (long) settings.height(),
                "width",
                (long) settings.width(),
                "inputChannels",
                (long) settings.inputChannels(),
                "inputPositions",
                list(settings.inputPositions()),
                "outputChannels",
                (long) settings.outputChannels(),
                "outputPositions",
                list(settings.outputPositions()),
                "features",
                (long) settings.features(),
                "blocks",
                (long) settings.blocks(),
                "withMask",
                settings.withMask());
    }

    private static Network residualConv(Fields fields, Budget budget) {
        ResidualConvSettings settings = new ResidualConvSettings(
                dimension(fields, "height"),
                dimension(fields, "width"),
                dimension(fields, "inputChannels"),
                positions(fields, "input"),
                dimension(fields, "outputChannels"),
                positions(fields, "output"),
                dimension(fields, "features"),
                fields.integer("blocks"),
                fields.bool("withMask"));
        takeConvolutions(fields, budget, settings);
        return ResidualConv.create(settings, 0);
    }

    /** Where entries are in an image, which takes some memory for each entry that it could have. */
    private static int[] positions(Fields fields, String image) {
        int[] positions = fields.ints(image + "Positions");
        String channels = image + "Channels";
        long size = Math.multiplyExact(
                (long) dimension(fields, "height") * dimension(fields, "width"), (long) dimension(fields, channels));
        long most = Math.max(Settings.MAX_DIMENSION, MAX_IMAGE_PER_POSITION * positions.length);
        if (size > most) {
            throw fields.refusal(
                    channels, "expected an image of at most " + most + " entries for these positions, found " + size);
        }
        return positions;
    }

    private static void takeConvolutions(Fields fields, Budget budget, ResidualConvSettings settings) {
        int seen = 2 * settings.inputChannels() + (settings.withMask() ? 1 : 0);
        int features = settings.features();
        long blocks = settings.blocks();
        takeNorms(fields, budget, 1, seen);
        takeConvolution(fields, budget, 1, 9L * seen, features);
        takeConvolution(fields, budget, 1, features, features);
        takeNorms(fields, budget, 2 * blocks, features);
        takeConvolution(fields, budget, 2 * blocks, 9L * features, features);
        takeConvolution(fields, budget, blocks, features, features);
        takeNorms(fields, budget, 1, features);
        takeConvolution(fields, budget, 1, features, settings.outputChannels());
        // The biases of the first two convolutions and of the last, and whether the norms have begun from data.
        budget.take(fields, 2, 1, features);
        budget.take(fields, 1, 1, settings.outputChannels());
        budget.take(fields, 1, 1, 1);
    }

    /** Gain, shift, mean and variance. */
    private static void takeNorms(Fields fields, Budget budget, long count, int channels) {
        budget.take(fields, 4 * count, 1, channels);
    }

    /** Direction and length. */
    private static void takeConvolution(Fields fields, Budget budget, long count, long rows, int outputs) {
        budget.take(fields, count, rows, outputs);
        budget.take(fields, count, 1, outputs);
    }

    /** Weight and bias. */
    private static void takeDense(Fields fields, Budget budget, long count, int inputs, int outputs) {
        budget.take(fields, count, inputs, outputs);
        budget.take(fields, count, 1, outputs);
    }
}

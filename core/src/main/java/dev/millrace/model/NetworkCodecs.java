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

    /** Pixels that a convolutional network's image may have for each entry of its input and output rows. */
    private static final long MAX_PIXELS_PER_ENTRY = 16;

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
        int inputs = fields.integer("inputs");
        int outputs = fields.integer("outputs");
        int[] hidden = fields.ints("hidden");
        int width = inputs;
        for (int next : hidden) {
            takeDense(fields, budget, width, next);
            width = next;
        }
        takeDense(fields, budget, width, outputs);
        MlpSettings settings = new MlpSettings(
                inputs,
                Arrays.stream(hidden).boxed().toList(),
                outputs,
                choice(fields, "activation", Activation.class));
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
        takeDense(fields, budget, settings.inputs(), settings.width());
        budget.take(fields, 2L * settings.blocks(), (settings.width() + 1L) * settings.width());
        takeDense(fields, budget, settings.width(), settings.outputs());
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
        int[] inputs = fields.ints("inputPositions");
        int[] outputs = fields.ints("outputPositions");
        int inputChannels = channels(fields, budget, "inputChannels");
        int outputChannels = channels(fields, budget, "outputChannels");
        int features = channels(fields, budget, "features");
        int blocks = fields.integer("blocks");
        budget.take(fields, 2L * blocks, 9L * features * features);
        long pixels = (long) dimension(fields, "height") * dimension(fields, "width");
        if (pixels > MAX_PIXELS_PER_ENTRY * (1L + inputs.length + outputs.length)) {
            throw fields.refusal("height", "expected no more pixels than entries call for, found " + pixels);
        }
        return ResidualConv.create(
                new ResidualConvSettings(
                        fields.integer("height"),
                        fields.integer("width"),
                        inputChannels,
                        inputs,
                        outputChannels,
                        outputs,
                        features,
                        blocks,
                        fields.bool("withMask")),
                0);
    }

    /** The network holds at least some numbers for each channel. */
    private static int channels(Fields fields, Budget budget, String key) {
        int channels = dimension(fields, key);
        budget.take(fields, channels, 1);
        return channels;
    }

    private static void takeDense(Fields fields, Budget budget, int inputs, int outputs) {
        budget.take(fields, inputs + 1L, outputs);
    }
}

package dev.millrace.cli;

import dev.millrace.model.Fields;
import dev.millrace.train.GradientMode;
import dev.millrace.train.OptimizerSettings;
import dev.millrace.train.Schedule;
import dev.millrace.train.TrainerSettings;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Settings of a training as a tree, and back. Threads are left out: they do not change the result. The patience of
 * {@link TrainerSettings} is left out with a plateau schedule, which has its own.
 */
final class TrainingTree {

    static final String MAX_SECONDS = "maxSeconds";
    private static final String CLIP_NORM = "clipNorm";
    private static final double NANOS = 1e9;

    private TrainingTree() {}

    static Map<String, Object> write(TrainerSettings settings) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("epochs", settings.epochs());
        settings.timeBudget().ifPresent(budget -> tree.put(MAX_SECONDS, seconds(budget)));
        tree.put("batch", settings.batchSize());
        tree.put("learningRate", settings.learningRate());
        tree.put("optimizer", write(settings.optimizer()));
        tree.put("schedule", write(settings.schedule()));
        tree.put("warmUpSteps", settings.warmUpSteps());
        if (settings.clipNorm() < Double.POSITIVE_INFINITY) {
            tree.put(CLIP_NORM, settings.clipNorm());
        }
        tree.put("patience", patience(settings));
        tree.put("minImprovement", settings.minImprovement());
        tree.put("gradientMode", settings.gradientMode().name().toLowerCase(Locale.ROOT));
        return tree;
    }

    static double seconds(Duration duration) {
        return duration.toNanos() / NANOS;
    }

    static Duration duration(double seconds) {
        return Duration.ofNanos(Math.round(seconds * NANOS));
    }

    private static int patience(TrainerSettings settings) {
        return settings.schedule() instanceof Schedule.Plateau plateau ? plateau.patience() : settings.patience();
    }

    private static Map<String, Object> write(OptimizerSettings optimizer) {
        Map<String, Object> tree = new LinkedHashMap<>();
        if (optimizer instanceof OptimizerSettings.Adam adam) {
            tree.put("kind", "adam");
            tree.put("beta1", adam.beta1());
            tree.put("beta2", adam.beta2());
            tree.put("epsilon", adam.epsilon());
        } else if (optimizer instanceof OptimizerSettings.Sgd sgd) {
            tree.put("kind", "sgd");
            tree.put("momentum", sgd.momentum());
        }
        tree.put("weightDecay", optimizer.weightDecay());
        return tree;
    }

    private static Map<String, Object> write(Schedule schedule) {
        Map<String, Object> tree = new LinkedHashMap<>();
        if (schedule instanceof Schedule.Constant) {
            tree.put("kind", "constant");
        } else if (schedule instanceof Schedule.Cosine cosine) {
            tree.put("kind", "cosine");
            tree.put("end", cosine.end());
        } else if (schedule instanceof Schedule.Plateau plateau) {
            tree.put("kind", "plateau");
            tree.put("factor", plateau.factor());
            tree.put("smallest", plateau.smallest());
            tree.put("coolDown", plateau.coolDown());
        }
        return tree;
    }

    /**
     * The settings that a tree describes.
     *
     * @throws dev.millrace.model.ModelFormatException if it describes none
     */
    static TrainerSettings read(Fields fields, long seed, int threads) {
        int patience = fields.integer("patience");
        TrainerSettings.Builder settings = TrainerSettings.builder()
                .epochs(fields.integer("epochs"))
                .batchSize(fields.integer("batch"))
                .learningRate(fields.number("learningRate"))
                .optimizer(optimizer(fields.object("optimizer")))
                .schedule(schedule(fields.object("schedule"), patience))
                .warmUpSteps(fields.integer("warmUpSteps"))
                .clipNorm(fields.number(CLIP_NORM, Double.POSITIVE_INFINITY))
                .patience(patience)
                .minImprovement(fields.number("minImprovement"))
                .gradientMode(GradientMode.valueOf(fields.string("gradientMode").toUpperCase(Locale.ROOT)))
                .seed(seed)
                .threads(threads);
        if (fields.has(MAX_SECONDS)) {
            settings.timeBudget(duration(fields.number(MAX_SECONDS)));
        }
        fields.end();
        return settings.build();
    }

    private static OptimizerSettings optimizer(Fields fields) {
        String kind = fields.string("kind");
        return switch (kind) {
            case "adam" ->
                new OptimizerSettings.Adam(
                        fields.number("beta1"),
                        fields.number("beta2"),
                        fields.number("epsilon"),
                        fields.number("weightDecay"));
            case "sgd" -> new OptimizerSettings.Sgd(fields.number("momentum"), fields.number("weightDecay"));
            default -> throw fields.refusal("kind", "expected adam or sgd, found " + kind);
        };
    }

    private static Schedule schedule(Fields fields, int patience) {
        String kind = fields.string("kind");
        return switch (kind) {
            case "constant" -> new Schedule.Constant();
            case "cosine" -> new Schedule.Cosine(fields.number("end"));
            case "plateau" ->
                new Schedule.Plateau(
                        fields.number("factor"), patience, fields.number("smallest"), fields.number("coolDown"));
            default -> throw fields.refusal("kind", "expected constant, cosine or plateau, found " + kind);
        };
    }
}

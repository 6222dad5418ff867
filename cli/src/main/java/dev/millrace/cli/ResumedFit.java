package dev.millrace.cli;

import dev.millrace.model.Checkpoint;
import dev.millrace.model.Fields;
import dev.millrace.model.ModelFormatException;
import dev.millrace.train.TrainerSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Prepares a training to go on from a checkpoint, with the settings that the checkpoint tells. */
record ResumedFit(
        Path checkpointFile,
        FitSources sources,
        DataOptions options,
        Overrides overrides,
        Optional<Long> seed,
        int threads) {

    FitSession prepare() throws IOException {
        Checkpoint checkpoint = Checkpoint.read(InputFile.requireNotFolder(checkpointFile));
        try {
            return prepare(checkpoint);
        } catch (ModelFormatException | IllegalArgumentException e) {
            throw new ModelFormatException(checkpointFile + ": " + e.getMessage(), e);
        }
    }

    private FitSession prepare(Checkpoint checkpoint) throws IOException {
        Fields provenance = Fields.of(checkpoint.provenance(), "provenance");
        Fields dataFields = provenance.object(Provenance.DATA);
        long storedSeed = provenance.longValue(Provenance.SEED);
        TrainerSettings stored = TrainingTree.read(provenance.object(Provenance.TRAINING), storedSeed, threads);
        new GivenAgain(options, overrides, seed, sources.test().isPresent()).requireAgreement(checkpoint.provenance());

        FitInput input = ImageEncodingTree.isOne(checkpoint.encoding())
                ? new ImageInput(sources, options)
                : new TableInput(sources, options);
        FitData data = input.again(dataFields.object(Provenance.READING), checkpoint.encoding(), storedSeed);
        requireSameData(data, dataFields.string(Provenance.FINGERPRINT));
        TrainerSettings training =
                extended(stored, checkpoint.state().progress().epochs());
        sources.log()
                .println("Going on after epoch " + checkpoint.state().progress().epochs());
        sources.log().flush();
        return new FitSession(
                data,
                checkpoint.state().current(),
                Optional.of(checkpoint.state()),
                training,
                training.equals(stored) ? checkpoint.provenance() : prolonged(checkpoint.provenance(), training));
    }

    private void requireSameData(FitData data, String fingerprint) {
        Object found = data.description().get(Provenance.FINGERPRINT);
        if (!found.equals(fingerprint)) {
            throw CommandException.failure("the data is not what the training of " + checkpointFile
                    + " began with: its fingerprint is " + found + ", not " + fingerprint
                    + "; give the same files in the same order, or begin anew without --resume");
        }
    }

    private TrainerSettings extended(TrainerSettings stored, int epochsDone) {
        TrainerSettings.Builder settings = stored.toBuilder();
        overrides.epochs().ifPresent(epochs -> {
            if (epochs < Math.max(stored.epochs(), epochsDone)) {
                throw CommandException.usage("--epochs can only be raised by --resume: it was " + stored.epochs());
            }
            settings.epochs(epochs);
        });
        overrides.maxTime().ifPresent(time -> {
            if (stored.timeBudget().isEmpty()
                    || time.compareTo(stored.timeBudget().get()) < 0) {
                throw CommandException.usage("--max-time can only be raised by --resume: it was "
                        + stored.timeBudget()
                                .map(budget -> budget.toSeconds() + "s")
                                .orElse("without limit"));
            }
            settings.timeBudget(time);
        });
        return settings.build();
    }

    /** Settings that count from the middle on: a training that begins with them gives another model. */
    private static Map<String, Object> prolonged(Map<String, Object> provenance, TrainerSettings training) {
        Map<String, Object> tree = new LinkedHashMap<>(provenance);
        tree.put(Provenance.TRAINING, TrainingTree.write(training));
        tree.put(Provenance.PROLONGED, true);
        return tree;
    }
}

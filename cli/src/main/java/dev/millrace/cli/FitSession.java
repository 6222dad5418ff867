package dev.millrace.cli;

import dev.millrace.Flow;
import dev.millrace.model.Model;
import dev.millrace.train.RowSource;
import dev.millrace.train.StopReason;
import dev.millrace.train.Trainer;
import dev.millrace.train.TrainerSettings;
import dev.millrace.train.TrainingListener;
import dev.millrace.train.TrainingResult;
import dev.millrace.train.TrainingState;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A training that is ready to run.
 *
 * @param data the rows
 * @param flow the flow to begin with
 * @param from the state to go on from, if this training was interrupted
 * @param training how
 * @param provenance of the model to be
 */
record FitSession(
        FitData data,
        Flow flow,
        Optional<TrainingState> from,
        TrainerSettings training,
        Map<String, Object> provenance) {

    TrainingResult run(TrainingListener listener) {
        Trainer trainer = new Trainer(training);
        RowSource train = data.trainRows();
        RowSource validation = data.validationRows();
        return from.isPresent()
                ? trainer.resume(from.get(), train, validation, listener)
                : trainer.fit(flow, train, validation, listener);
    }

    Map<String, Object> encodingTree() {
        return data.encodingTree();
    }

    Model model(TrainingResult result) {
        Map<String, Object> whence = new LinkedHashMap<>(provenance);
        if (result.reason() == StopReason.REQUESTED) {
            whence.put(Provenance.INTERRUPTED, true);
        }
        return new Model(result.flow(), encodingTree(), whence, result.history());
    }
}

package dev.millrace.cli;

import dev.millrace.data.ReadOptions;
import dev.millrace.data.ReadResult;
import dev.millrace.data.Table;
import dev.millrace.data.TableEncoding;
import dev.millrace.model.Fields;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Files that hold a table. */
record TableInput(FitSources sources, DataOptions options) implements FitInput {

    /** Of more columns, none would read it. */
    private static final int MOST_SENTENCES = 10;

    @Override
    public FitData fresh(long seed) throws IOException {
        options.requireForTable();
        DataSettings asked = DataSettings.of(options, sources.test().isPresent());
        ReadResult read = sources.readData(options.pick(asked.readOptions(), List.of()));
        DataSettings settings = asked.forRows(read.table().rows());
        Optional<Table> test = sources.readTest(
                settings.readOptions().withModelColumns(read.table().columns()));
        TableFitData data = TableFitData.of(read, test, settings, seed, Optional.empty());
        describe(data, sources.log());
        sources.describe(data, settings.holdOut());
        return data;
    }

    private static void describe(TableFitData data, PrintWriter log) {
        List<String> sentences = data.encoding().describe();
        sentences.stream().limit(MOST_SENTENCES).forEach(log::println);
        if (sentences.size() > MOST_SENTENCES) {
            log.println("and " + (sentences.size() - MOST_SENTENCES)
                    + " more columns are dequantised; 'millrace inspect' will list them");
        }
    }

    @Override
    public FitData again(Fields reading, Map<String, Object> encodingTree, long seed) throws IOException {
        DataSettings settings = DataSettings.read(reading);
        TableEncoding encoding = TableEncoding.fromTree(encodingTree);
        // By the names that were modelled, so that --columns and --exclude need not be given again.
        ReadOptions names = options.pick(settings.readOptions(), encoding.names());
        ReadResult read = sources.readData(names);
        Optional<Table> test = sources.readTest(settings.readOptions().withModelColumns(encoding.names()));
        return TableFitData.of(read, test, settings, seed, Optional.of(encoding));
    }
}

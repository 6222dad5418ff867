package dev.millrace.cli;

import dev.millrace.data.DataSource;
import dev.millrace.data.Table;
import dev.millrace.data.TableWriter;
import dev.millrace.data.Toy;
import dev.millrace.data.WriteOptions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Data that needs no file: a toy distribution's name, and after colons how many rows and which seed, such as
 * {@code two-moons:50000:7}.
 */
record BuiltInData(Toy toy, int rows, long seed) {

    static final int DEFAULT_ROWS = 10_000;
    private static final int MOST_ROWS = 10_000_000;
    private static final long DEFAULT_SEED = 1;

    /**
     * What an argument means, unless it is a file that is there.
     *
     * @throws CommandException if the numbers after the name are none
     */
    static Optional<BuiltInData> of(String location) {
        String[] parts = location.split(":", -1);
        Optional<Toy> toy = Toy.named(parts[0]);
        if (toy.isEmpty() || Files.exists(Path.of(location))) {
            return Optional.empty();
        }
        try {
            int rows = parts.length > 1 ? Integer.parseInt(parts[1]) : DEFAULT_ROWS;
            long seed = parts.length > 2 ? Long.parseLong(parts[2]) : DEFAULT_SEED;
            if (rows >= 1 && rows <= MOST_ROWS && parts.length <= 3) {
                return Optional.of(new BuiltInData(toy.get(), rows, seed));
            }
        } catch (NumberFormatException e) {
            // Told below, as any other number that will not do.
        }
        throw CommandException.usage(location + ": built-in data is NAME, NAME:ROWS or NAME:ROWS:SEED, with 1 to "
                + FigureText.grouped(MOST_ROWS) + " rows");
    }

    /** All names there are, for help. */
    static String names() {
        return Arrays.stream(Toy.values()).map(Toy::id).collect(Collectors.joining(", "));
    }

    /** The rows as text, so that they are read like any other data; the numbers come back as they were, to the bit. */
    DataSource source() {
        Table table = toy.sample(rows, seed);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TableWriter writer = TableWriter.open(bytes, table.columns(), WriteOptions.defaults())) {
            writer.writeRows(table);
            writer.commit();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new DataSource.Stream(new ByteArrayInputStream(bytes.toByteArray()), toy.id());
    }
}

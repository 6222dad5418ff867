package dev.millrace.cli;

import dev.millrace.data.ImageSet;
import dev.millrace.model.Fields;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Files and folders that hold images. */
record ImageInput(FitSources sources, DataOptions options) implements FitInput {

    @Override
    public FitData fresh(long seed) throws IOException {
        ImageSettings asked = ImageSettings.of(options, sources.test().isPresent());
        ImageSet all = readAll(asked);
        ImageSettings settings = asked.forImages(all.count());
        ImageFitData data = ImageFitData.of(all, readTest(all, asked), settings, seed);
        sources.describe(data, settings.holdOut());
        return data;
    }

    @Override
    public FitData again(Fields reading, Map<String, Object> encoding, long seed) throws IOException {
        ImageSettings settings = ImageSettings.read(reading);
        ImageSet all = readAll(settings);
        return ImageFitData.of(all, readTest(all, settings), settings, seed);
    }

    private ImageSet readAll(ImageSettings settings) throws IOException {
        List<ImageSet> parts = new ArrayList<>();
        for (String location : sources.data()) {
            parts.add(read(location, settings));
        }
        return ImageSet.concat(parts, sources.data());
    }

    private Optional<ImageSet> readTest(ImageSet all, ImageSettings settings) throws IOException {
        if (sources.test().isEmpty()) {
            return Optional.empty();
        }
        ImageSet test = read(sources.test().get(), settings);
        if (!test.size().equals(all.size())) {
            throw CommandException.failure(sources.test().get() + ": its images are of " + test.size()
                    + " (height×width×channels), those to train on of " + all.size());
        }
        return Optional.of(test);
    }

    private ImageSet read(String location, ImageSettings settings) throws IOException {
        ImageSet images = new ImageFile(location, settings.array(), Optional.empty()).read(settings.levels());
        sources.log()
                .println("Read " + FigureText.grouped(images.count()) + " images of " + images.size() + " from "
                        + location);
        sources.log().flush();
        return images;
    }
}

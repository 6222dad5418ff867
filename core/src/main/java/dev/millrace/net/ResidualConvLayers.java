package dev.millrace.net;

import dev.millrace.kernel.Grid;
import dev.millrace.kernel.SplitMix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * The layers of a {@link ResidualConv}: for each norm and convolution its number, its name, and how it begins; and where
 * the entries of rows stand in its images.
 */
final class ResidualConvLayers {

    private final ResidualConvSettings settings;
    private final Grid grid;
    private final int blocks;
    private final List<ChannelNorm> norms;
    private final List<Convolution> convolutions;

    private final ImageRows inputRows;
    private final ImageRows negatedRows;
    private final ImageRows maskRows;
    private final ImageRows outputRows;

    private ResidualConvLayers(
            ResidualConvSettings settings, Grid grid, List<ChannelNorm> norms, List<Convolution> convolutions) {
        this.settings = settings;
        this.grid = grid;
        this.blocks = settings.blocks();
        int channels = settings.inputChannels();
        int seen = settings.seenChannels();
        int[] inputs = settings.inputPositions();
        int[] masked = Arrays.stream(settings.withMask() ? inputs : new int[0])
                .map(position -> position / channels)
                .distinct()
                .toArray();
        inputRows = new ImageRows(grid, inputs, channels, seen, 0);
        negatedRows = new ImageRows(grid, inputs, channels, seen, channels);
        maskRows = new ImageRows(grid, masked, 1, seen, 2 * channels);
        outputRows = new ImageRows(
                grid, settings.outputPositions(), settings.outputChannels(), settings.outputChannels(), 0);
        this.norms = List.copyOf(norms);
        this.convolutions = List.copyOf(convolutions);
    }

    static ResidualConvLayers create(ResidualConvSettings settings, SplitMix random) {
        Grid grid = new Grid(settings.height(), settings.width());
        int features = settings.features();
        List<ChannelNorm> norms = new ArrayList<>();
        List<Convolution> convolutions = new ArrayList<>();
        norms.add(ChannelNorm.create(grid, settings.seenChannels()));
        convolutions.add(Convolution.create(grid, 3, settings.seenChannels(), features, true, false, random));
        convolutions.add(Convolution.create(grid, 1, features, features, true, false, random));
        for (int block = 0; block < settings.blocks(); block++) {
            norms.add(ChannelNorm.create(grid, features));
            convolutions.add(Convolution.create(grid, 3, features, features, false, false, random));
            norms.add(ChannelNorm.create(grid, features));
            convolutions.add(Convolution.create(grid, 3, features, features, false, false, random));
            convolutions.add(Convolution.create(grid, 1, features, features, false, false, random));
        }
        norms.add(ChannelNorm.create(grid, features));
        convolutions.add(Convolution.create(grid, 1, features, settings.outputChannels(), true, true, random));
        return new ResidualConvLayers(settings, grid, norms, convolutions);
    }

    ResidualConvLayers copy() {
        return new ResidualConvLayers(
                settings,
                grid,
                norms.stream().map(ChannelNorm::copy).toList(),
                convolutions.stream().map(Convolution::copy).toList());
    }

    Grid grid() {
        return grid;
    }

    /** Where x stands in what the network sees. */
    ImageRows inputRows() {
        return inputRows;
    }

    /** Where −x stands. */
    ImageRows negatedRows() {
        return negatedRows;
    }

    /** Where the mask is 1. */
    ImageRows maskRows() {
        return maskRows;
    }

    /** Where the outputs stand in the image that comes out. */
    ImageRows outputRows() {
        return outputRows;
    }

    int blocks() {
        return blocks;
    }

    int norms() {
        return norms.size();
    }

    ChannelNorm norm(int number) {
        return norms.get(number);
    }

    int convolutions() {
        return convolutions.size();
    }

    Convolution convolution(int number) {
        return convolutions.get(number);
    }

    /** The number of a block's first or second norm; 0 is the input's, the last the output's. */
    int norm(int block, int which) {
        return 1 + 2 * block + which;
    }

    /** The number of the convolution in front of the first block. */
    int entrance() {
        return 0;
    }

    /** The number of the 1 × 1 convolution of the stream before a block, or after the last. */
    int skip(int block) {
        return 1 + 3 * block;
    }

    /** The number of a block's first or second convolution. */
    int convolution(int block, int which) {
        return 2 + 3 * block + which;
    }

    /** The number of the last convolution. */
    int exit() {
        return convolutions.size() - 1;
    }

    void parametersChanged() {
        for (int i = 0; i < norms.size(); i++) {
            norms.get(i).parametersChanged();
        }
        for (int i = 0; i < convolutions.size(); i++) {
            convolutions.get(i).parametersChanged();
        }
    }

    /** Goes over all layers, with their names, in a fixed order. */
    void forEach(BiConsumer<String, ChannelNorm> onNorm, BiConsumer<String, Convolution> onConvolution) {
        onNorm.accept("input.norm", norms.get(0));
        onConvolution.accept("input.convolution", convolutions.get(entrance()));
        onConvolution.accept("input.skip", convolutions.get(skip(0)));
        for (int block = 0; block < blocks; block++) {
            String name = "block" + block;
            for (int which = 0; which < 2; which++) {
                onNorm.accept(name + ".norm" + which, norms.get(norm(block, which)));
                onConvolution.accept(name + ".convolution" + which, convolutions.get(convolution(block, which)));
            }
            onConvolution.accept(name + ".skip", convolutions.get(skip(block + 1)));
        }
        onNorm.accept("output.norm", norms.get(norms.size() - 1));
        onConvolution.accept("output.convolution", convolutions.get(exit()));
    }
}

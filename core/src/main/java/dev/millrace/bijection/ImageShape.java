package dev.millrace.bijection;

/** The shape of an image, and where the entries of a row are in it. */
record ImageShape(int height, int width, int channels) {

    /** @throws IllegalArgumentException if the shape is not {@code [height, width, channels]} */
    static ImageShape of(Shape shape) {
        if (shape.lengths().size() != 3) {
            throw new IllegalArgumentException("an image has a height, a width and channels, not the shape " + shape);
        }
        return new ImageShape(
                shape.lengths().get(0), shape.lengths().get(1), shape.lengths().get(2));
    }

    int row(int entry) {
        return entry / (width * channels);
    }

    int column(int entry) {
        return entry / channels % width;
    }

    int channel(int entry) {
        return entry % channels;
    }

    int entry(int row, int column, int channel) {
        return (row * width + column) * channels + channel;
    }
}

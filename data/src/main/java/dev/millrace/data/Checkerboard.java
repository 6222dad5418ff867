package dev.millrace.data;

/**
 * Uniform on every other square of a board around the origin.
 *
 * @param squares along a side, an even number
 * @param side of a square
 */
record Checkerboard(int squares, double side) implements PlanarDensity {

    @Override
    public double logAt(double x, double y) {
        double column = Math.floor(x / side) + squares / 2;
        double row = Math.floor(y / side) + squares / 2;
        boolean inside = column >= 0 && column < squares && row >= 0 && row < squares;
        return inside && (column + row) % 2 == 0
                ? StrictMath.log(2 / (squares * side * squares * side))
                : Double.NEGATIVE_INFINITY;
    }

    @Override
    public void draw(SplitMix random, double[] into, int at) {
        int row = random.nextBelow(squares);
        int column = 2 * random.nextBelow(squares / 2) + row % 2;
        into[at] = (column - squares / 2 + SplitMix.unit(random.next())) * side;
        into[at + 1] = (row - squares / 2 + SplitMix.unit(random.next())) * side;
    }
}

package dev.millrace.net;

/** What the passes of dense networks keep for the gradient of each of their linear layers. */
interface DensePass extends Network.Pass {

    /** Rows of the last forward pass. */
    int rows();

    /** The input rows of a linear layer. */
    float[] inputOf(int layer);

    /** The gradient of the loss with respect to the output rows of a linear layer. */
    float[] gradientOf(int layer);
}

/**
 * Everything between a file of numbers or images and the matrix a model sees.
 *
 * <p>Here live the {@link dev.millrace.data.Table} value; reading it from CSV, TSV, {@code .npy} and {@code .npz}
 * ({@link dev.millrace.data.TableReader}) and writing it ({@link dev.millrace.data.TableWriter}); the dequantisation of
 * columns that take few values ({@link dev.millrace.data.TableEncoding}); splits into training, validation and test
 * rows ({@link dev.millrace.data.Split}); and the {@link dev.millrace.data.Fingerprint} by which a model names the data
 * it was trained on.
 *
 * <p>Images: the {@link dev.millrace.data.ImageSet} value, reading it from IDX, {@code .npy}, {@code .npz}, CIFAR-10's
 * batches, folders and zip archives of PNG and JPEG ({@link dev.millrace.data.ImageSetReader}), and writing it ({@link
 * dev.millrace.data.ImageSetWriter}). PNG and JPEG are decoded by the JDK's {@code javax.imageio}.
 *
 * <p>Not here: flows, training, standardisation (the flow learns it), model files and the command line. Messages of
 * {@link dev.millrace.data.DataException} name command line options such as {@code --exclude}, since that is where most
 * readers of the message can act; each has its namesake in {@link dev.millrace.data.ReadOptions}.
 *
 * <p>Files are taken as untrusted: memory grows with the bytes really read, never with a length a file claims.
 */
package dev.millrace.data;

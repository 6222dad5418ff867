/**
 * The model file: how a trained flow is kept on disk, and how it comes back.
 *
 * <p>One file holds everything: the tensors as raw data, and the architecture, the encoders and the provenance as JSON
 * text in its metadata. From the bottom up:
 *
 * <ul>
 *   <li>storage: {@link dev.millrace.model.TensorFile} is the safetensors format, {@link dev.millrace.model.Json} and
 *       {@link dev.millrace.model.Fields} the JSON inside it;
 *   <li>the architecture table: which name in the file stands for which layer, and how each is put together again;
 *   <li>provenance: the seed, settings, data fingerprint and history of the training that made the model.
 * </ul>
 *
 * <p>A file is untrusted input. Its lengths, shapes, counts and names are checked before anything is allocated, nothing
 * in it is ever executed, and what does not fit is a {@link dev.millrace.model.ModelFormatException}. Equal models give
 * equal bytes: neither a clock nor a machine nor a path goes into the file.
 *
 * <p>Not here: anything that trains or evaluates a flow, tables and their files, terminals.
 */
package dev.millrace.model;

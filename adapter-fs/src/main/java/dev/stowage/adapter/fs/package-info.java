/**
 * Blob data in a directory of a file system: {@link dev.stowage.adapter.fs.FileBlobData}.
 *
 * <p>No Java interrupt reaches the bytes. A {@link java.nio.channels.FileChannel} is closed by an
 * interrupt of the thread that writes or forces through it, and its unreported write errors go with
 * it; so stagings are written and forced through a {@link java.io.RandomAccessFile}, and
 * directories forced through an {@link java.nio.channels.AsynchronousFileChannel}, neither of which
 * is interruptible. Channels that are handed to readers are ordinary ones: whoever interrupts a
 * reader closes only the reader's own channel.
 */
@NullMarked
package dev.stowage.adapter.fs;

import org.jspecify.annotations.NullMarked;

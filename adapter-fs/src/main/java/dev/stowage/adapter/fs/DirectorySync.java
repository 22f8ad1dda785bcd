package dev.stowage.adapter.fs;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * An open directory that can be forced to the medium.
 *
 * <p>It is opened before the change that it forces: the kernel tells a write error to everybody who
 * had the directory open when it occurred, and maybe to nobody who comes later.
 */
interface DirectorySync extends Closeable {
  /** Makes the names in the directory durable, whatever interrupts this thread. */
  void force() throws IOException;

  /** Opens a directory. */
  static DirectorySync open(Path directory) throws IOException {
    // Of the channels that can open a directory this is the one that no interrupt closes. It is
    // forced in the calling thread.
    AsynchronousFileChannel channel =
        AsynchronousFileChannel.open(directory, StandardOpenOption.READ);
    return new DirectorySync() {
      @Override
      public void force() throws IOException {
        channel.force(true);
      }

      @Override
      public void close() throws IOException {
        channel.close();
      }
    };
  }

  /** Forces nothing, for a system that cannot open directories. */
  static DirectorySync none() {
    return new DirectorySync() {
      @Override
      public void force() {}

      @Override
      public void close() {}
    };
  }
}

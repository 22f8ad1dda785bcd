package dev.stowage.blob;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.SeekableByteChannel;

/**
 * How a blob reaches whoever asked for it: what to deliver, not how. The receiver closes it.
 *
 * @see BlobServer
 */
public sealed interface BlobDelivery extends Closeable {
  /** What is delivered. */
  Descriptor descriptor();

  /**
   * The bytes themselves.
   *
   * @param descriptor what they are; the channel's size is the descriptor's
   * @param channel the bytes, from position 0. Where it is a {@link java.nio.channels.FileChannel},
   *     its bytes may be handed to a socket without a copy
   */
  record Content(Descriptor descriptor, SeekableByteChannel channel) implements BlobDelivery {
    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  /**
   * A place from which the receiver gets the bytes itself.
   *
   * @param descriptor what they are
   * @param location an absolute address, good for a limited time
   */
  record Redirect(Descriptor descriptor, URI location) implements BlobDelivery {
    @Override
    public void close() {}
  }
}

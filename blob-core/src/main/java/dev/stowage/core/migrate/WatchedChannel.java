package dev.stowage.core.migrate;

import dev.stowage.maintenance.Progress;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/** A channel whose reader tells how far it has come, and so ends early if nobody waits for it. */
final class WatchedChannel implements ReadableByteChannel {
  private final ReadableByteChannel channel;
  private final String what;
  private final Progress progress;
  private long read;

  WatchedChannel(ReadableByteChannel channel, String what, Progress progress) {
    this.channel = channel;
    this.what = what;
    this.progress = progress;
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    int count = channel.read(target);
    read += Math.max(0, count);
    progress.tell(what + ", " + (read >> 20) + " MiB");
    return count;
  }

  @Override
  public boolean isOpen() {
    return channel.isOpen();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}

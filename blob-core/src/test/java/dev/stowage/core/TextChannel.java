package dev.stowage.core;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/** A source of two texts between which something happens. */
final class TextChannel implements ReadableByteChannel {
  /** What happens. */
  interface Event {
    void happen() throws IOException;
  }

  private final ByteBuffer first;
  private final ByteBuffer second;
  private final Event between;
  private boolean happened;

  TextChannel(String first, String second, Event between) {
    this.first = Bench.content(first);
    this.second = Bench.content(second);
    this.between = between;
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    if (first.hasRemaining()) {
      return move(first, target);
    }
    if (!happened) {
      happened = true;
      between.happen();
    }
    return second.hasRemaining() ? move(second, target) : -1;
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public void close() {}

  private static int move(ByteBuffer from, ByteBuffer to) {
    int count = Math.min(from.remaining(), to.remaining());
    to.put(from.slice().limit(count));
    from.position(from.position() + count);
    return count;
  }
}

package dev.stowage.app.life;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What has been opened and must be closed, the last one first. Closing goes on after a failure and
 * tells all of them at the end.
 */
public final class OpenThings implements Closeable {
  private final Deque<Closeable> things = new ArrayDeque<>();

  /** Takes a thing that was opened, and gives it back. */
  public synchronized <T extends Closeable> T add(T thing) {
    things.push(thing);
    return thing;
  }

  @Override
  public synchronized void close() throws IOException {
    IOException failure = new IOException("not everything could be closed in good order");
    while (!things.isEmpty()) {
      try {
        things.pop().close();
      } catch (IOException | RuntimeException e) {
        failure.addSuppressed(e);
      }
    }
    if (failure.getSuppressed().length > 0) {
      throw failure;
    }
  }
}

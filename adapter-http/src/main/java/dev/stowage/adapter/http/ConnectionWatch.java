package dev.stowage.adapter.http;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.component.Graceful;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Watches connections on which no request runs.
 *
 * <p>The header of a request must be there some time after its first byte: a client that sends a
 * byte now and then is never idle, so that the idle time-out does not end it. And when the server
 * stops, a connection that waits for its next request is closed at once, while one on which a
 * request runs is left alone.
 */
final class ConnectionWatch extends AbstractLifeCycle
    implements Connection.Listener, HttpConfiguration.Customizer, Graceful {
  private final Map<Connection, Waiting> connections = new ConcurrentHashMap<>();

  // Jetty's own count of messages out has the interim answers (100) in it too.
  private final Map<Connection, Long> answered = new ConcurrentHashMap<>();
  private final Scheduler scheduler;
  private final long headerNanos;
  private final long periodMillis;
  private volatile boolean stopping;
  private Scheduler.@Nullable Task next;

  ConnectionWatch(Scheduler scheduler, Duration headerTimeout) {
    this.scheduler = scheduler;
    this.headerNanos = headerTimeout.toNanos();
    this.periodMillis = Math.max(10, Math.min(1000, headerTimeout.toMillis() / 4));
  }

  /**
   * A connection as it was when it was first seen to wait for a request.
   *
   * @param requests how many requests it had had
   * @param bytes how many bytes it had had
   * @param since when the first byte behind those was seen; 0 for not yet
   */
  private record Waiting(long requests, long bytes, long since) {}

  @Override
  public void onOpened(Connection connection) {
    answered.put(connection, 0L);
    connections.put(connection, new Waiting(0, 0, 0));
  }

  @Override
  public Request customize(Request request, HttpFields.Mutable responseHeaders) {
    Connection connection = request.getConnectionMetaData().getConnection();
    Request.addCompletionListener(
        request, failure -> answered.computeIfPresent(connection, (same, count) -> count + 1));
    return request;
  }

  @Override
  public void onClosed(Connection connection) {
    connections.remove(connection);
    answered.remove(connection);
  }

  @Override
  protected void doStart() {
    stopping = false;
    schedule();
  }

  @Override
  protected synchronized void doStop() {
    if (next != null) {
      next.cancel();
      next = null;
    }
    connections.clear();
    answered.clear();
  }

  @Override
  public CompletableFuture<Void> shutdown() {
    stopping = true;
    look();
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public boolean isShutdown() {
    return stopping;
  }

  private synchronized void schedule() {
    next = scheduler.schedule(this::tick, periodMillis, TimeUnit.MILLISECONDS);
  }

  private void tick() {
    look();
    if (isRunning()) {
      schedule();
    }
  }

  private void look() {
    long now = System.nanoTime();
    connections.forEach((connection, waiting) -> look(connection, waiting, now));
  }

  private void look(Connection connection, Waiting before, long now) {
    long requests = connection.getMessagesIn();
    if (requests != answered.getOrDefault(connection, 0L)) {
      return;
    }
    if (stopping) {
      close(connection, "the server stops");
    } else if (requests != before.requests()) {
      // Bytes that came early, behind the last request, are counted with it.
      connections.replace(connection, before, new Waiting(requests, connection.getBytesIn(), 0));
    } else if (connection.getBytesIn() > before.bytes()) {
      if (before.since() == 0) {
        connections.replace(connection, before, new Waiting(requests, before.bytes(), now));
      } else if (now - before.since() > headerNanos) {
        close(connection, "the header of a request comes too slowly");
      }
    }
  }

  private static void close(Connection connection, String reason) {
    connection.getEndPoint().close(new TimeoutException(reason));
  }
}

package dev.stowage.adapter.http;

import dev.stowage.adapter.http.transfer.FileEndPoint;
import dev.stowage.registry.Registry;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A registry on a TCP port, in plain HTTP/1.1.
 *
 * <p>It is started once and stopped once. The registry behind it is its owner's to close, after the
 * server has stopped.
 */
public final class RegistryServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RegistryServer.class);
  private static final int SMALLEST_BUFFER_BUCKET = 4096;
  private static final int LARGEST_POOLED_BUFFER = 1024 * 1024;
  private static final int MAX_RESPONSE_HEADER = 64 * 1024;
  private static final int ACCEPT_QUEUE = 1024;
  private static final int IDLE_THREAD_MILLIS = 60_000;

  private final HttpOptions options;
  private final Server server;
  private final ServerConnector connector;

  /** A server for a registry, which does not listen yet. */
  public RegistryServer(Registry registry, HttpOptions options) {
    this.options = options;
    this.server =
        new Server(
            threads(options),
            new ScheduledExecutorScheduler("stowage-http-timer", true),
            new ArrayByteBufferPool(0, SMALLEST_BUFFER_BUCKET, LARGEST_POOLED_BUFFER));
    this.connector = connector(server, options);
    server.addConnector(connector);
    server.setErrorHandler(new JsonErrorHandler());
    server.setHandler(
        new GracefulHandler(
            new BodyQueue(new RegistryHandler(registry, options), threadsForBodies(options))));
    server.setStopTimeout(options.stopTimeout().toMillis());
  }

  /**
   * Begins to listen and to serve.
   *
   * @throws IOException if the address cannot be listened on
   */
  public void start() throws IOException {
    try {
      server.start();
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("the HTTP server did not start", e);
    }
  }

  /**
   * Ends. Requests that run may end within the time that the options allow, and are cut off then;
   * new ones are refused with 503.
   */
  public void stop() {
    try {
      server.stop();
    } catch (TimeoutException e) {
      LOG.warn(
          "requests that had not ended {} s after the stop were cut off",
          options.stopTimeout().toSeconds());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      LOG.warn("requests were cut off by an interrupt of the stop");
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("the HTTP server did not stop in good order", e);
    }
  }

  /** Does what {@link #stop} does. */
  @Override
  public void close() {
    stop();
  }

  /** The port that is listened on, from the start to the stop. */
  public int port() {
    return connector.getLocalPort();
  }

  /** Where the registry is, without a path, from the start to the stop. */
  public URI uri() {
    String host = options.host().contains(":") ? "[" + options.host() + "]" : options.host();
    return URI.create("http://" + host + ":" + port());
  }

  /** A quarter of the threads is left for requests without a body. */
  private static int threadsForBodies(HttpOptions options) {
    return options.maxThreads() - options.maxThreads() / 4;
  }

  /** What waits for a thread is bounded by the number of connections. */
  private static QueuedThreadPool threads(HttpOptions options) {
    QueuedThreadPool threads =
        new QueuedThreadPool(
            options.maxThreads(), Math.min(8, options.maxThreads()), IDLE_THREAD_MILLIS);
    threads.setName("stowage-http");
    return threads;
  }

  private static ServerConnector connector(Server server, HttpOptions options) {
    HttpConfiguration configuration = configuration(options);
    ServerConnector connector =
        new ServerConnector(server, new HttpConnectionFactory(configuration)) {
          @Override
          protected SocketChannelEndPoint newEndPoint(
              SocketChannel channel, ManagedSelector selector, SelectionKey key) {
            FileEndPoint endPoint = new FileEndPoint(channel, selector, key, getScheduler());
            endPoint.setIdleTimeout(getIdleTimeout());
            return endPoint;
          }
        };
    connector.setHost(options.host());
    connector.setPort(options.port());
    connector.setAcceptQueueSize(ACCEPT_QUEUE);
    connector.setIdleTimeout(options.idleTimeout().toMillis());
    // Jetty would cut off, after a second of silence, uploads that are still allowed to end.
    connector.setShutdownIdleTimeout(options.stopTimeout().toMillis());
    ConnectionWatch watch = new ConnectionWatch(connector.getScheduler(), options.headerTimeout());
    configuration.addCustomizer(watch);
    connector.addBean(watch);
    connector.addBean(new NetworkConnectionLimit(options.maxConnections(), connector));
    return connector;
  }

  private static HttpConfiguration configuration(HttpOptions options) {
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.setInputBufferSize(options.inputBuffer());
    configuration.setRequestHeaderSize(options.maxHeader());
    configuration.setMaxResponseHeaderSize(MAX_RESPONSE_HEADER);
    configuration.setSendServerVersion(false);
    configuration.setHttpCompliance(HttpCompliance.STRICT);
    configuration.setUriCompliance(UriCompliance.DEFAULT);
    return configuration;
  }
}

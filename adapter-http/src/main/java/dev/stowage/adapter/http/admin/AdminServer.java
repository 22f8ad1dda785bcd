package dev.stowage.adapter.http.admin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.unixdomain.server.UnixDomainServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server's socket in its data directory. It is started once, while the directory's lock is held:
 * what a killed server left of its socket is replaced. Closing it ends the operations that run.
 */
public final class AdminServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AdminServer.class);
  private static final int THREADS = 16;
  private static final long STOP_MILLIS = 10_000;

  private final SocketPath path;
  private final Server server;
  private final AdminHandler handler;

  /**
   * A socket that does not listen yet.
   *
   * @param directory the data directory
   * @param operations what may be asked, by name
   * @param reasons why the server is not ready to serve; none if it is
   */
  public AdminServer(
      Path directory, Map<String, AdminOperation> operations, Supplier<List<String>> reasons) {
    this.path = new SocketPath(directory);
    QueuedThreadPool threads = new QueuedThreadPool(THREADS, 1);
    threads.setName("stowage-admin");
    this.server = new Server(threads);
    this.handler = new AdminHandler(operations, reasons);
    server.setHandler(new GracefulHandler(handler));
    server.setStopTimeout(STOP_MILLIS);
  }

  /**
   * Begins to listen.
   *
   * @throws IOException if the socket cannot be made
   */
  public void start() throws IOException {
    Path socket = path.choose();
    Path bound = SocketPath.binding(socket);
    Path privately = Objects.requireNonNull(bound.getParent());
    Files.deleteIfExists(bound);
    Files.deleteIfExists(privately);
    Files.createDirectory(
        privately,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    try {
      server.addConnector(connector(bound));
      server.start();
      SocketPath.publish(bound, socket);
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("the socket's server did not start", e);
    } finally {
      Files.deleteIfExists(bound);
      Files.deleteIfExists(privately);
    }
  }

  @Override
  public void close() throws IOException {
    handler.end();
    try {
      server.stop();
    } catch (TimeoutException e) {
      LOG.warn("operations that had not ended {} ms after the stop were cut off", STOP_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("the socket's server did not stop in good order", e);
    } finally {
      path.remove();
    }
  }

  private UnixDomainServerConnector connector(Path bound) {
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.setSendServerVersion(false);
    UnixDomainServerConnector connector =
        new UnixDomainServerConnector(server, 1, 1, new HttpConnectionFactory(configuration));
    connector.setUnixDomainPath(bound);
    // An operation may be silent for long, and whoever waits for it is the directory's owner.
    connector.setIdleTimeout(0);
    return connector;
  }
}

package dev.stowage.adapter.http.admin;

import dev.stowage.adapter.http.json.AdminJson;
import dev.stowage.maintenance.Progress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.InputStreamResponseListener;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.io.Transport;

/** Asks the server that runs on a data directory, if there is one. */
public final class AdminClient {
  private final SocketPath path;

  /** Asks through the socket of a data directory. */
  public AdminClient(Path directory) {
    this.path = new SocketPath(directory);
  }

  /**
   * Has an operation run.
   *
   * @param operation its name
   * @param progress hears its lines
   * @return how it ended; nothing if no server listens
   * @throws IOException if a server listens and its answer does not come
   */
  public Optional<Outcome> ask(String operation, Call call, Progress progress) throws IOException {
    Path socket = path.find();
    if (!listens(socket)) {
      return Optional.empty();
    }
    HttpClient client = new HttpClient();
    client.setIdleTimeout(0);
    try {
      client.start();
      return Optional.of(ask(client, socket, operation, call, progress));
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the wait for the server was interrupted");
    } catch (Exception e) {
      throw new IllegalStateException("the client of the socket did not start", e);
    } finally {
      stop(client);
    }
  }

  private static Outcome ask(
      HttpClient client, Path socket, String operation, Call call, Progress progress)
      throws IOException, InterruptedException {
    InputStreamResponseListener listener = new InputStreamResponseListener();
    client
        .newRequest("http://localhost/operations/" + operation)
        .method(HttpMethod.POST)
        .transport(new Transport.TCPUnix(socket))
        .body(
            new BytesRequestContent(
                "application/json",
                AdminJson.write(new AdminJson.Question(call.settings(), call.arguments()))))
        .send(listener);
    try {
      Response response = listener.get(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
      if (response.getStatus() != 200) {
        throw new IOException(
            "the running server does not know \"%s\" (status %d): is it of another version?"
                .formatted(operation, response.getStatus()));
      }
      return read(listener.getInputStream(), progress);
    } catch (ExecutionException e) {
      throw new IOException("the running server cannot be asked: " + e.getCause(), e);
    } catch (TimeoutException e) {
      throw new IllegalStateException("nobody waits as long", e);
    }
  }

  private static Outcome read(InputStream answer, Progress progress) throws IOException {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(answer, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        AdminJson.Line read = AdminJson.line(line.getBytes(StandardCharsets.UTF_8));
        if (read instanceof AdminJson.Ended ended) {
          return new Outcome(ended.exit(), ended.output(), ended.errors(), ended.report());
        } else if (read instanceof AdminJson.Told told) {
          progress.tell(told.progress());
        }
      }
    }
    throw new IOException("the server ended before it answered");
  }

  private static boolean listens(Path socket) throws IOException {
    if (!Files.exists(socket)) {
      return false;
    }
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      return channel.connect(UnixDomainSocketAddress.of(socket));
    } catch (ConnectException nobody) {
      return false;
    } catch (SocketException e) {
      if (!Files.exists(socket)) {
        return false;
      }
      throw new IOException(socket + ": " + e.getMessage(), e);
    }
  }

  private static void stop(HttpClient client) {
    try {
      client.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the client of the socket did not stop", e);
    }
  }
}

package proof;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * HTTP/1.1 over one socket at a time, with nothing between: no pool, no retry, no redirect. A
 * failure means that there was no answer.
 */
final class Connection implements Closeable {
  /** Nothing that is asked here takes long: a server that says nothing for a minute hangs. */
  private static final int PATIENCE = 60_000;

  private final int port;
  private Socket socket = new Socket();
  private InputStream in = InputStream.nullInputStream();
  private OutputStream out = OutputStream.nullOutputStream();
  private boolean open;

  Connection(int port) {
    this.port = port;
  }

  Answer get(String path) throws IOException {
    return send("GET", path, Map.of(), new byte[0], 0);
  }

  Answer send(String method, String path) throws IOException {
    return send(method, path, Map.of(), new byte[0], 0);
  }

  Answer send(String method, String path, Map<String, String> headers, byte[] body)
      throws IOException {
    return send(method, path, headers, body, 0);
  }

  /** Sends a request; a piece above 0 sends the body chunked, in pieces of so many bytes. */
  Answer send(String method, String path, Map<String, String> headers, byte[] body, int piece)
      throws IOException {
    boolean fresh = connect();
    try {
      write(method, path, headers, body, piece);
      return read(method);
    } catch (IOException e) {
      close();
      if (!fresh) {
        e.addSuppressed(new IOException("on a connection that had been used"));
      }
      throw e;
    }
  }

  private boolean connect() throws IOException {
    if (open) {
      return false;
    }
    socket = new Socket();
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE);
    in = new BufferedInputStream(socket.getInputStream(), 64 << 10);
    out = socket.getOutputStream();
    open = true;
    return true;
  }

  private void write(
      String method, String path, Map<String, String> headers, byte[] body, int piece)
      throws IOException {
    StringBuilder head = new StringBuilder();
    head.append(method).append(' ').append(path).append(" HTTP/1.1\r\nHost: 127.0.0.1:");
    head.append(port).append("\r\n");
    headers.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    if (piece > 0) {
      head.append("Transfer-Encoding: chunked\r\n");
    } else if (!method.equals("GET") && !method.equals("HEAD")) {
      head.append("Content-Length: " + body.length + "\r\n");
    }
    out.write(head.append("\r\n").toString().getBytes(ISO_8859_1));
    if (piece == 0) {
      out.write(body);
      return;
    }
    for (int from = 0; from < body.length; from += piece) {
      int length = Math.min(piece, body.length - from);
      out.write((Integer.toHexString(length) + "\r\n").getBytes(ISO_8859_1));
      out.write(body, from, length);
      out.write("\r\n".getBytes(ISO_8859_1));
    }
    out.write("0\r\n\r\n".getBytes(ISO_8859_1));
  }

  private Answer read(String method) throws IOException {
    int status = Integer.parseInt(line().split(" ")[1]);
    Map<String, String> headers = new HashMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    long at = System.nanoTime();
    byte[] body =
        method.equals("HEAD") || status == 204 || status == 304 ? new byte[0] : body(headers);
    if ("close".equalsIgnoreCase(headers.get("connection"))) {
      close();
    }
    return new Answer(status, headers, body, at);
  }

  private byte[] body(Map<String, String> headers) throws IOException {
    if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
      ByteArrayOutputStream whole = new ByteArrayOutputStream();
      for (int size = chunk(); size > 0; size = chunk()) {
        whole.write(exactly(size));
        line();
      }
      line();
      return whole.toByteArray();
    }
    return exactly(Integer.parseInt(headers.getOrDefault("content-length", "0")));
  }

  private int chunk() throws IOException {
    return Integer.parseInt(line().strip(), 16);
  }

  private byte[] exactly(int size) throws IOException {
    byte[] bytes = in.readNBytes(size);
    if (bytes.length < size) {
      throw new EOFException("the answer ended early");
    }
    return bytes;
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("the connection ended");
      }
      if (next != '\r') {
        line.write(next);
      }
    }
    return line.toString(ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    open = false;
    socket.close();
  }
}

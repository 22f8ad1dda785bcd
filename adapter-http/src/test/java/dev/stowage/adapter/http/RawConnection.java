package dev.stowage.adapter.http;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A connection on which anything can be sent; every character is one byte. */
final class RawConnection implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 30_000;

  private static final int DRIP_MILLIS = 20;

  private final Socket socket;

  RawConnection(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE_MILLIS);
  }

  /** An answer: its status, its header lines and its body. */
  record Answer(int status, List<String> headers, String body) {
    Optional<String> header(String name) {
      String prefix = name.toLowerCase(Locale.ROOT) + ":";
      return headers.stream()
          .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
          .map(line -> line.substring(prefix.length()).strip())
          .findFirst();
    }
  }

  RawConnection send(String text) throws IOException {
    return send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Sends a request without a body for a path. */
  RawConnection request(String method, String path) throws IOException {
    return send(method + " " + path + " HTTP/1.1\r\nHost: a\r\n\r\n");
  }

  RawConnection send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
    return this;
  }

  /** Sends as much as the other side takes; that it closes is no error. */
  RawConnection sendWhileOpen(String text) {
    try {
      send(text);
    } catch (IOException closed) {
      // The answer may still be there to be read.
    }
    return this;
  }

  /** Lets a moment pass in which the other side sends nothing. */
  RawConnection pause() throws IOException {
    socket.setSoTimeout(DRIP_MILLIS);
    try {
      throw new IOException("came unasked: " + socket.getInputStream().read());
    } catch (SocketTimeoutException silent) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      return this;
    }
  }

  RawConnection endOutput() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  /** Ends the connection with a reset, as a killed client may. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  /** The next answer, which has a Content-Length or no body. */
  Answer answer() throws IOException {
    return answer(socket.getInputStream().read());
  }

  private Answer answer(int first) throws IOException {
    if (first < 0) {
      throw new EOFException("the connection ended");
    }
    InputStream in = socket.getInputStream();
    int status = Integer.parseInt(((char) first + line(in)).split(" ", -1)[1]);
    List<String> headers = new ArrayList<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      headers.add(line);
    }
    Answer head = new Answer(status, headers, "");
    int length = head.header("Content-Length").map(Integer::parseInt).orElse(0);
    byte[] body = status == 100 ? new byte[0] : in.readNBytes(length);
    return new Answer(status, headers, new String(body, StandardCharsets.ISO_8859_1));
  }

  /** The next answer, for which the other side is given a byte now and then. */
  Answer answerWhileDripping() throws IOException {
    while (true) {
      try {
        socket.setSoTimeout(DRIP_MILLIS);
        int first = socket.getInputStream().read();
        socket.setSoTimeout(PATIENCE_MILLIS);
        return answer(first);
      } catch (SocketTimeoutException nothingYet) {
        sendWhileOpen("x");
      }
    }
  }

  /** Takes a little of what the other side sends. */
  void takeALittle() {
    try {
      socket.setSoTimeout(DRIP_MILLIS);
      socket.getInputStream().readNBytes(100);
    } catch (IOException ended) {
      // The other side has given up.
    }
  }

  /** Every answer that still comes until the other side ends the connection. */
  List<Answer> answersToTheEnd() throws IOException {
    List<Answer> answers = new ArrayList<>();
    try {
      while (true) {
        answers.add(answer());
      }
    } catch (EOFException | SocketException ended) {
      return answers;
    }
  }

  /**
   * The next answer.
   *
   * @throws EOFException if its body is shorter than it says
   */
  Answer wholeAnswer() throws IOException {
    Answer answer = answer();
    int length = answer.header("Content-Length").map(Integer::parseInt).orElse(0);
    if (answer.body().length() < length) {
      throw new EOFException(answer.body().length() + " of " + length + " bytes");
    }
    return answer;
  }

  /** Whether something has come that was not read yet. */
  boolean isAnswered() throws IOException {
    return socket.getInputStream().available() > 0;
  }

  /** Whether the other side ends the connection without sending anything more. */
  boolean isEnded() throws IOException {
    try {
      return socket.getInputStream().read() < 0;
    } catch (SocketException reset) {
      return true;
    }
  }

  /** Whether the other side, sooner or later, takes no more of something that is sent for ever. */
  boolean isCutOffWhileSending(String again) {
    for (int i = 0; i < 10_000; i++) {
      try {
        send(again);
      } catch (IOException cutOff) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether the other side ends the connection, without sending anything more, while it gets a byte
   * now and then.
   */
  boolean isEndedWhileDripping() throws IOException {
    socket.setSoTimeout(DRIP_MILLIS);
    while (true) {
      try {
        return socket.getInputStream().read() < 0;
      } catch (SocketTimeoutException nothingYet) {
        sendWhileOpen("x");
      } catch (SocketException reset) {
        return true;
      }
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("the connection ended: " + line);
      }
      line.write(c);
    }
    return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
  }
}

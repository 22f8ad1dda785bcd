package proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What one client did and was told, a line each. An acknowledgement counts once it is forced here,
 * on a disk that is never cut.
 */
final class Journal implements Closeable {
  private final FileChannel file;

  Journal(Path path) throws IOException {
    file =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
  }

  void note(String what) throws IOException {
    ByteBuffer line = ByteBuffer.wrap((System.nanoTime() + " " + what + "\n").getBytes(UTF_8));
    while (line.hasRemaining()) {
      file.write(line);
    }
  }

  void acknowledge(String what) throws IOException {
    note("acknowledged " + what);
    file.force(false);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}

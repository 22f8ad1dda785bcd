package dev.stowage.app.clients;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Random;

/** Writes a POSIX ustar archive of generated files to a stream, which it does not close. */
final class TarWriter {
  private static final int BLOCK = 512;

  private final OutputStream out;

  TarWriter(OutputStream out) {
    this.out = out;
  }

  void directory(String name) throws IOException {
    header(name + "/", '5', 0755, 0);
  }

  void file(String name, byte[] content) throws IOException {
    header(name, '0', 0644, content.length);
    out.write(content);
    pad(content.length);
  }

  /** A file that no compression makes smaller; the seed decides its content. */
  void randomFile(String name, long size, long seed) throws IOException {
    header(name, '0', 0644, size);
    Random random = new Random(seed);
    byte[] part = new byte[1 << 16];
    for (long left = size; left > 0; left -= part.length) {
      random.nextBytes(part);
      out.write(part, 0, (int) Math.min(part.length, left));
    }
    pad(size);
  }

  /** A file of numbered lines, which compresses well. */
  void textFile(String name, int lines) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < lines; i++) {
      text.append("line ").append(i).append(" of a file that compresses well\n");
    }
    file(name, text.toString().getBytes(US_ASCII));
  }

  void end() throws IOException {
    out.write(new byte[2 * BLOCK]);
  }

  private void header(String name, char type, int mode, long size) throws IOException {
    byte[] header = new byte[BLOCK];
    put(header, 0, name);
    put(header, 100, "%07o".formatted(mode));
    put(header, 108, "0000000");
    put(header, 116, "0000000");
    put(header, 124, "%011o".formatted(size));
    put(header, 136, "00000000000");
    put(header, 148, " ".repeat(8));
    header[156] = (byte) type;
    put(header, 257, "ustar\0" + "00");
    int sum = 0;
    for (byte octet : header) {
      sum += octet & 0xff;
    }
    put(header, 148, "%06o\0 ".formatted(sum));
    out.write(header);
  }

  private void pad(long size) throws IOException {
    out.write(new byte[(int) (-size & (BLOCK - 1))]);
  }

  private static void put(byte[] header, int offset, String text) {
    byte[] octets = text.getBytes(US_ASCII);
    System.arraycopy(octets, 0, header, offset, octets.length);
  }
}

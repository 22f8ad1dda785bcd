package dev.stowage.adapter.fs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The header of an entry of a tar archive (POSIX.1-2017, pax interchange format).
 *
 * @param name the entry's name
 * @param type its type flag
 * @param size how many bytes follow
 */
record TarHeader(String name, char type, long size) {
  static final int BLOCK = 512;
  private static final int NAME = 100;
  private static final long LARGEST_OCTAL = (1L << 33) - 1;

  /** How many bytes fill the last block of content. */
  static int padding(long size) {
    return (int) ((BLOCK - size % BLOCK) % BLOCK);
  }

  /** Writes the header of a file, or of a directory if the name ends in a slash. */
  static ByteBuffer of(String name, long size) {
    String pax = "";
    if (name.length() > NAME) {
      pax += paxRecord("path", name);
    }
    if (size > LARGEST_OCTAL) {
      pax += paxRecord("size", Long.toString(size));
    }
    ByteBuffer plain =
        plain(
            name.substring(0, Math.min(NAME, name.length())),
            name.endsWith("/") ? '5' : '0',
            size > LARGEST_OCTAL ? 0 : size);
    if (pax.isEmpty()) {
      return plain;
    }
    byte[] records = pax.getBytes(StandardCharsets.UTF_8);
    ByteBuffer all = ByteBuffer.allocate(2 * BLOCK + records.length + padding(records.length));
    all.put(plain("PaxHeaders/x", 'x', records.length)).put(records);
    return all.position(all.capacity() - BLOCK).put(plain).flip();
  }

  /** Reads a header; the block is not all zeros. */
  static TarHeader read(ByteBuffer block) throws IOException {
    long sum = 0;
    for (int i = 0; i < BLOCK; i++) {
      sum += i >= 148 && i < 156 ? ' ' : block.get(i) & 0xff;
    }
    if (sum != number(block, 148, 8)) {
      throw new IOException("this is no tar archive, or a damaged one");
    }
    String name = text(block, 0, NAME);
    String prefix = text(block, 257, 6).startsWith("ustar") ? text(block, 345, 155) : "";
    // GNU's old format has other things in the place of the prefix, behind another magic.
    boolean gnu = block.get(263) == ' ';
    return new TarHeader(
        prefix.isEmpty() || gnu ? name : prefix + "/" + name,
        (char) (block.get(156) & 0xff),
        number(block, 124, 12));
  }

  private static ByteBuffer plain(String name, char type, long size) {
    ByteBuffer block = ByteBuffer.allocate(BLOCK);
    put(block, 0, name);
    put(block, 100, type == '5' ? "0000755" : "0000644");
    put(block, 108, "0000000");
    put(block, 116, "0000000");
    put(block, 124, String.format(Locale.ROOT, "%011o", size));
    put(block, 136, "00000000000");
    put(block, 148, "        ");
    block.put(156, (byte) type);
    put(block, 257, "ustar\u000000");
    int sum = 0;
    for (int i = 0; i < BLOCK; i++) {
      sum += block.get(i) & 0xff;
    }
    put(block, 148, String.format(Locale.ROOT, "%06o\u0000 ", sum));
    return block;
  }

  private static void put(ByteBuffer block, int at, String text) {
    block.put(at, text.getBytes(StandardCharsets.US_ASCII));
  }

  /** A record says its own length, the digits of which count too. */
  private static String paxRecord(String key, String value) {
    String rest = " " + key + "=" + value + "\n";
    int length = rest.length();
    while (Integer.toString(length).length() + rest.length() != length) {
      length = Integer.toString(length).length() + rest.length();
    }
    return length + rest;
  }

  private static String text(ByteBuffer block, int at, int length) {
    byte[] bytes = new byte[length];
    block.get(at, bytes);
    int end = 0;
    while (end < length && bytes[end] != 0) {
      end++;
    }
    return new String(bytes, 0, end, StandardCharsets.UTF_8);
  }

  private static long number(ByteBuffer block, int at, int length) throws IOException {
    if ((block.get(at) & 0x80) != 0) {
      // Too large for octal digits: the rest is binary.
      long number = block.get(at) & 0x7f;
      for (int i = 1; i < length; i++) {
        if (number > Long.MAX_VALUE >> 8) {
          throw new IOException("a number in the tar archive is too large");
        }
        number = (number << 8) | (block.get(at + i) & 0xff);
      }
      return number;
    }
    String digits = text(block, at, length).strip();
    try {
      long number = digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new IOException("a number in the tar archive is none", e);
    }
    throw new IOException("a number in the tar archive is negative");
  }
}

package dev.stowage.adapter.fs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Finds the files of a tar archive that nobody trusts, and refuses one that nobody well-meaning
 * makes for a layout: with names that lead out of it, links, devices, two entries of one name, or
 * sizes beyond its end. Nothing is ever unpacked. Used once.
 */
final class TarIndex {
  private static final int MOST_ENTRIES = 1_000_000;
  private static final int LARGEST_EXTENSION = 1 << 20;

  private final FileChannel archive;
  private final long length;
  private final Map<String, Extent> files = new HashMap<>();
  private final Set<String> names = new HashSet<>();
  private Optional<String> longName = Optional.empty();
  private OptionalLong longSize = OptionalLong.empty();

  /** Where the content of an entry lies. */
  record Extent(long offset, long size) {}

  TarIndex(FileChannel archive) throws IOException {
    this.archive = archive;
    this.length = archive.size();
  }

  Map<String, Extent> read() throws IOException {
    long position = 0;
    int entries = 0;
    ByteBuffer block = ByteBuffer.allocate(TarHeader.BLOCK);
    while (position < length) {
      readFully(block, position);
      position += TarHeader.BLOCK;
      if (isZero(block)) {
        return files;
      }
      entries++;
      if (entries > MOST_ENTRIES) {
        throw new IOException("the tar archive has more than " + MOST_ENTRIES + " entries");
      }
      position = entry(TarHeader.read(block), position);
    }
    throw new IOException("the tar archive ends early");
  }

  private long entry(TarHeader header, long offset) throws IOException {
    boolean extension = header.type() == 'x' || header.type() == 'g' || header.type() == 'L';
    long size = extension ? header.size() : longSize.orElse(header.size());
    if (size > length - offset) {
      throw new IOException("the tar archive ends before its entry " + header.name() + " does");
    }
    if (extension) {
      extend(header.type(), offset, size);
    } else {
      add(longName.orElse(header.name()), header.type(), new Extent(offset, size));
      longName = Optional.empty();
      longSize = OptionalLong.empty();
    }
    return offset + size + TarHeader.padding(size);
  }

  private void add(String entryName, char type, Extent extent) throws IOException {
    boolean directory = type == '5';
    if (!directory && type != '0' && type != 0) {
      throw new IOException("the tar archive has something else than files: " + entryName);
    }
    String name = checked(entryName);
    if (directory && (name.isEmpty() || !names.add(name + "/"))) {
      return;
    }
    if (!directory && (name.isEmpty() || !names.add(name))) {
      throw new IOException("the tar archive has two entries of the name " + entryName);
    }
    if (!directory) {
      files.put(name, extent);
    }
  }

  /** The name without a leading {@code ./} or a last slash. */
  private static String checked(String entryName) throws IOException {
    if (entryName.startsWith("/")) {
      throw new IOException("the tar archive has an absolute name: " + entryName);
    }
    StringBuilder name = new StringBuilder();
    for (String part : entryName.split("/", -1)) {
      if (part.equals("..") || part.indexOf('\\') >= 0 || part.indexOf(0) >= 0) {
        throw new IOException("the tar archive has a name that leads elsewhere: " + entryName);
      }
      if (!part.isEmpty() && !part.equals(".")) {
        name.append(name.length() == 0 ? "" : "/").append(part);
      }
    }
    return name.toString();
  }

  private void extend(char type, long offset, long size) throws IOException {
    if (size > LARGEST_EXTENSION) {
      throw new IOException("the tar archive has a header of more than 1 MiB");
    }
    byte[] content = new byte[(int) size];
    readFully(ByteBuffer.wrap(content), offset);
    if (type == 'L') {
      String text = new String(content, StandardCharsets.UTF_8);
      longName = Optional.of(text.endsWith("\0") ? text.substring(0, text.length() - 1) : text);
    } else if (type == 'x') {
      pax(content);
    }
  }

  private void pax(byte[] bytes) throws IOException {
    int at = 0;
    while (at < bytes.length) {
      int space = at;
      while (space < bytes.length && bytes[space] != ' ') {
        space++;
      }
      try {
        int end =
            Math.addExact(
                at, Integer.parseInt(new String(bytes, at, space - at, StandardCharsets.US_ASCII)));
        if (end <= space + 1 || end > bytes.length || bytes[end - 1] != '\n') {
          throw new IOException("the tar archive has a damaged header");
        }
        record(new String(bytes, space + 1, end - space - 2, StandardCharsets.UTF_8));
        at = end;
      } catch (ArithmeticException | NumberFormatException e) {
        throw new IOException("the tar archive has a damaged header", e);
      }
    }
  }

  private void record(String record) throws IOException {
    int equals = record.indexOf('=');
    String key = record.substring(0, Math.max(0, equals));
    String value = record.substring(equals + 1);
    if (key.equals("path")) {
      longName = Optional.of(value);
    } else if (key.equals("size")) {
      long size = Long.parseLong(value);
      if (size < 0) {
        throw new IOException("a number in the tar archive is negative");
      }
      longSize = OptionalLong.of(size);
    } else if (key.startsWith("GNU.sparse")) {
      throw new IOException("the tar archive has a sparse file");
    }
  }

  private void readFully(ByteBuffer buffer, long position) throws IOException {
    buffer.clear();
    while (buffer.hasRemaining()) {
      if (archive.read(buffer, position + buffer.position()) < 0) {
        throw new IOException("the tar archive ends early");
      }
    }
    buffer.flip();
  }

  private static boolean isZero(ByteBuffer block) {
    for (int i = 0; i < TarHeader.BLOCK; i++) {
      if (block.get(i) != 0) {
        return false;
      }
    }
    return true;
  }
}

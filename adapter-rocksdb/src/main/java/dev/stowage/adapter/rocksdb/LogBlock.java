package dev.stowage.adapter.rocksdb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32C;

/**
 * One block of a log: the unit in which fragments of records lie, none of which goes over a block's
 * end.
 *
 * <p>The format is that of RocksDB's {@code db/log_format.h}: blocks of 32 KiB; a fragment is the
 * masked CRC-32C of all that follows it (four bytes), the length of its payload (two bytes), its
 * type (one byte) and the payload, all numbers with the lowest byte first. Types 1 to 4 are a whole
 * record, the first, a middle and the last fragment of one; 5 to 8 are the same in a log whose file
 * was used before, with the log's number (four bytes) between type and payload; all others are
 * remarks. A block's end that is too short for a header is filled with zeros.
 */
final class LogBlock {
  static final int SIZE = 32 << 10;

  private static final int HEADER = 7;
  private static final int NUMBER = 4;
  private static final int MASK = 0xa282ead8;

  private final byte[] bytes = new byte[SIZE];
  private final ByteBuffer view = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  private final CRC32C crc = new CRC32C();
  private final long log;
  private int length;

  /** A block of the log with a number. */
  LogBlock(long log) {
    this.log = log;
  }

  /** What stands at a place in a block. */
  enum Kind {
    FULL,
    FIRST,
    MIDDLE,
    LAST,
    /** Something that RocksDB notes down for itself. */
    REMARK,
    /** Nothing: the block, or its part that the log has, is at its end. */
    END,
    /** Nothing that was ever written so. */
    DAMAGE
  }

  /**
   * What stands at a place.
   *
   * @param type the type as it is written; zero where there is none
   * @param payload where the payload begins in the block
   * @param end where the next fragment begins in the block
   * @param wrong what is wrong, for a person to read, if it is damage
   */
  record Fragment(Kind kind, int type, int payload, int end, String wrong) {
    int size() {
      return end - payload;
    }
  }

  /** Reads the block that begins at a position of the file, as far as the file goes. */
  void load(FileChannel file, long position, long fileSize) throws IOException {
    length = (int) Math.min(SIZE, fileSize - position);
    ByteBuffer target = ByteBuffer.wrap(bytes, 0, length);
    while (target.hasRemaining()) {
      if (file.read(target, position + target.position()) < 0) {
        throw new IOException("the log became shorter while it was read");
      }
    }
  }

  /** How many bytes of it the file has. */
  int length() {
    return length;
  }

  Fragment at(int place) {
    int left = length - place;
    if (left < HEADER) {
      return left == 0 || length == SIZE
          ? new Fragment(Kind.END, 0, length, length, "")
          : damage("it ends in the middle of a header");
    }
    int type = Byte.toUnsignedInt(bytes[place + HEADER - 1]);
    int header = isRecycled(type) ? HEADER + NUMBER : HEADER;
    int size = Short.toUnsignedInt(view.getShort(place + 4));
    if (type == 0 && size == 0) {
      return length == SIZE && left < HEADER + NUMBER && isZero(place)
          ? new Fragment(Kind.END, 0, length, length, "")
          : damage("there are zeros in a header's place");
    }
    if (header + size > left) {
      return damage(
          length == SIZE ? "a fragment would go over its block's end" : "it ends inside a record");
    }
    int payload = place + header;
    if (view.getInt(place) != checksum(place + HEADER - 1, payload + size)) {
      return damage("a checksum does not match");
    }
    if (isRecycled(type) && view.getInt(place + HEADER) != (int) log) {
      return damage("there is a record of the log that the file was before");
    }
    return new Fragment(kind(type), type, payload, payload + size, "");
  }

  /**
   * Whether the beginning of a record stands at a place: looks at less than {@link #at} does, for
   * the search through every place.
   */
  boolean mayBeginAt(int place) {
    int type = bytes[place + HEADER - 1];
    if (kind(type) != Kind.FULL && kind(type) != Kind.FIRST) {
      return false;
    }
    int end =
        place
            + (isRecycled(type) ? HEADER + NUMBER : HEADER)
            + Short.toUnsignedInt(view.getShort(place + 4));
    // A record goes on in another fragment only where its block is at an end.
    return kind(type) == Kind.FIRST ? end == SIZE : end <= length;
  }

  /** The last place at which a header fits. */
  int lastPlace() {
    return length - HEADER;
  }

  byte byteAt(int place) {
    return bytes[place];
  }

  /** Eight bytes of a payload as a number. */
  long longAt(int place) {
    return view.getLong(place);
  }

  private static Fragment damage(String wrong) {
    return new Fragment(Kind.DAMAGE, 0, 0, 0, wrong);
  }

  private static boolean isRecycled(int type) {
    return type >= 5 && type <= 8;
  }

  private static Kind kind(int type) {
    return switch (type) {
      case 1, 5 -> Kind.FULL;
      case 2, 6 -> Kind.FIRST;
      case 3, 7 -> Kind.MIDDLE;
      case 4, 8 -> Kind.LAST;
      default -> Kind.REMARK;
    };
  }

  private boolean isZero(int from) {
    for (int i = from; i < length; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return true;
  }

  private int checksum(int from, int to) {
    crc.reset();
    crc.update(bytes, from, to - from);
    int value = (int) crc.getValue();
    return Integer.rotateRight(value, 15) + MASK;
  }
}

package dev.stowage.adapter.rocksdb;

import dev.stowage.adapter.rocksdb.LogBlock.Fragment;
import dev.stowage.adapter.rocksdb.LogBlock.Kind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A log of RocksDB as it lies on the disk: how far it is whole, and what is behind that.
 *
 * <p>A record is a batch of changes, in one fragment or in several. It begins with the number of
 * its first change (eight bytes) and the count of its changes (four), and the numbers go on without
 * a gap from record to record.
 *
 * <p>What is behind the damage is searched at every byte, and not only where a record should begin,
 * since the length that would lead there may be what is damaged. Something that a client stored may
 * look like a record, so its numbers must be such as can stand there.
 */
final class LogFile {
  /** RocksDB's note of the log before: its number, its size, the number of its last record. */
  private static final int PREDECESSOR = 130;

  private static final int RECORD_HEADER = 12;
  private static final long LARGEST_NUMBER = (1L << 56) - 1;

  private final Path path;
  private final long number;
  private final long size;
  private long end;
  private long records;
  private long lastRecord;
  private long nextRecord;
  private boolean begun;
  private @Nullable Predecessor predecessor;
  private @Nullable Damage damage;

  private LogFile(Path path, long number, long size) {
    this.path = path;
    this.number = number;
    this.size = size;
  }

  /**
   * Something that cannot have been written so.
   *
   * @param position where the record that it is in begins
   * @param wrong what is wrong
   * @param later where a record begins that was written after it, if there is one
   */
  record Damage(long position, String wrong, OptionalLong later) {}

  /** What a log says of the one before it: its number, and the number of its last record. */
  record Predecessor(long log, long lastRecord) {}

  /** Reads a log from its beginning to its end; nothing is changed. */
  static LogFile read(Path path, long number) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      LogFile log = new LogFile(path, number, channel.size());
      log.read(channel);
      return log;
    }
  }

  Path path() {
    return path;
  }

  long number() {
    return number;
  }

  long size() {
    return size;
  }

  /** Where the last record that is whole ends. */
  long end() {
    return end;
  }

  /** The number of its last whole record; zero if there is none. */
  long lastRecord() {
    return lastRecord;
  }

  /** Whether any record was begun in it, whole or not. */
  boolean hasBeginning() {
    return records > 0 || begun;
  }

  Optional<Damage> damage() {
    return Optional.ofNullable(damage);
  }

  Optional<Predecessor> predecessor() {
    return Optional.ofNullable(predecessor);
  }

  private void read(FileChannel channel) throws IOException {
    LogBlock block = new LogBlock(number);
    RecordHeader header = new RecordHeader();
    boolean inside = false;
    long start = 0;
    for (long base = 0; base < size; base += LogBlock.SIZE) {
      block.load(channel, base, size);
      for (int place = 0; ; ) {
        Fragment fragment = block.at(place);
        if (fragment.kind() == Kind.END) {
          break;
        }
        String wrong = wrong(fragment, inside);
        if (!wrong.isEmpty()) {
          // A record that begins where another should have gone on is a later one itself.
          long from = base + place + (isBeginning(fragment) ? 0 : 1);
          found(channel, block, inside ? start : base + place, wrong, from);
          return;
        }
        if (isBeginning(fragment)) {
          start = base + place;
          begun = true;
          header.clear();
        }
        inside = fragment.kind() == Kind.FIRST || fragment.kind() == Kind.MIDDLE;
        if (fragment.kind() == Kind.REMARK) {
          remark(block, fragment);
        } else {
          header.take(block, fragment);
        }
        place = fragment.end();
        if (!inside) {
          if (fragment.kind() != Kind.REMARK) {
            recordEnds(header);
          }
          end = base + place;
        }
      }
    }
    if (inside) {
      damage = new Damage(start, "it ends inside a record", OptionalLong.empty());
    }
  }

  private static boolean isBeginning(Fragment fragment) {
    return fragment.kind() == Kind.FULL || fragment.kind() == Kind.FIRST;
  }

  private static String wrong(Fragment fragment, boolean inside) {
    return switch (fragment.kind()) {
      case DAMAGE -> fragment.wrong();
      case FULL, FIRST, REMARK -> inside ? "a record has no end" : "";
      case MIDDLE, LAST -> inside ? "" : "a record has no beginning";
      case END -> "";
    };
  }

  private void remark(LogBlock block, Fragment fragment) {
    if (fragment.type() == PREDECESSOR && fragment.size() >= 24) {
      predecessor =
          new Predecessor(block.longAt(fragment.payload()), block.longAt(fragment.payload() + 16));
    }
  }

  private void recordEnds(RecordHeader header) {
    records++;
    lastRecord = header.sequence();
    nextRecord = lastRecord + header.count();
  }

  private void found(FileChannel channel, LogBlock block, long position, String wrong, long from)
      throws IOException {
    OptionalLong later = beginningBehind(channel, block, position, from);
    begun |= later.isPresent();
    damage = new Damage(position, wrong, later);
  }

  private OptionalLong beginningBehind(
      FileChannel channel, LogBlock block, long position, long from) throws IOException {
    for (long base = from - from % LogBlock.SIZE; base < size; base += LogBlock.SIZE) {
      block.load(channel, base, size);
      for (int place = (int) Math.max(0, from - base); place <= block.lastPlace(); place++) {
        if (block.mayBeginAt(place)) {
          Fragment fragment = block.at(place);
          if (isBeginning(fragment) && numberFits(block, fragment, base + place - position)) {
            return OptionalLong.of(base + place);
          }
        }
      }
    }
    return OptionalLong.empty();
  }

  /** Whether a record with such a number can stand so many bytes behind the damage. */
  private boolean numberFits(LogBlock block, Fragment fragment, long distance) {
    if (fragment.size() < RECORD_HEADER) {
      // Only the first fragment of a record is so short, at the end of a block.
      return fragment.kind() == Kind.FIRST;
    }
    long sequence = block.longAt(fragment.payload());
    if (records == 0) {
      return sequence >= 0 && sequence <= LARGEST_NUMBER;
    }
    // A change takes a byte at least.
    return sequence >= nextRecord && sequence <= nextRecord + distance;
  }

  /** The first bytes of a record, which may lie in more than one fragment. */
  private static final class RecordHeader {
    private final byte[] bytes = new byte[RECORD_HEADER];
    private int length;

    void clear() {
      length = 0;
    }

    void take(LogBlock block, Fragment fragment) {
      for (int i = fragment.payload(); i < fragment.end() && length < RECORD_HEADER; i++) {
        bytes[length++] = block.byteAt(i);
      }
    }

    long sequence() {
      return number(0, 8);
    }

    long count() {
      return number(8, 4);
    }

    private long number(int from, int size) {
      long number = 0;
      for (int i = Math.min(length, from + size) - 1; i >= from; i--) {
        number = number << 8 | Byte.toUnsignedLong(bytes[i]);
      }
      return number;
    }
  }
}

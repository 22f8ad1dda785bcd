package dev.stowage.adapter.rocksdb;

import dev.stowage.adapter.rocksdb.LogFile.Damage;
import dev.stowage.adapter.rocksdb.LogFile.Predecessor;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a crash left of a record that was being written: all that lies behind the last whole record
 * of the logs. Nothing in it was ever acknowledged, since an acknowledgement follows the record's
 * sync, and the next record follows the acknowledgement.
 *
 * <p>The logs are read before RocksDB reads them, which in no mode tells the two apart: it refuses
 * a torn record that is no mere end, and it passes over zeros in a header's place together with all
 * that stands behind them in their block.
 */
final class TornTail {
  /** Where copies of what is cut off go. */
  static final String LOST = "lost";

  /** How many copies are kept: each is at most a group of changes, and nobody may ever look. */
  private static final int COPIES = 16;

  private static final Logger LOG = LoggerFactory.getLogger(TornTail.class);
  private static final Pattern LOG_NAME = Pattern.compile("(\\d+)\\.log");

  private final Path directory;
  private final LogFile torn;
  private final Damage damage;
  private final List<LogFile> behind;

  private TornTail(Path directory, LogFile torn, Damage damage, List<LogFile> behind) {
    this.directory = directory;
    this.torn = torn;
    this.damage = damage;
    this.behind = behind;
  }

  /**
   * Reads the logs of a directory, and changes nothing.
   *
   * @throws IOException if a log is damaged where it was synced, or cannot be read
   */
  static Optional<TornTail> find(Path directory) throws IOException {
    List<LogFile> logs = new ArrayList<>();
    for (Path path : logs(directory)) {
      logs.add(LogFile.read(path, number(path)));
    }
    for (int i = 0; i < logs.size(); i++) {
      LogFile log = logs.get(i);
      Optional<Damage> damage = log.damage();
      if (damage.isPresent()) {
        List<LogFile> behind = logs.subList(i + 1, logs.size());
        refuseIfSynced(directory, log, damage.get(), behind);
        return Optional.of(new TornTail(directory, log, damage.get(), behind));
      }
    }
    return Optional.empty();
  }

  private static List<Path> logs(Path directory) throws IOException {
    List<Path> paths = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.log")) {
      for (Path file : files) {
        if (LOG_NAME.matcher(file.getFileName().toString()).matches()) {
          paths.add(file);
        }
      }
    }
    paths.sort(Comparator.comparingLong(TornTail::number));
    return paths;
  }

  private static long number(Path path) {
    Matcher name = LOG_NAME.matcher(path.getFileName().toString());
    if (!name.matches()) {
      throw new IllegalArgumentException(path + " is no log");
    }
    return Long.parseLong(name.group(1));
  }

  private static void refuseIfSynced(
      Path directory, LogFile log, Damage damage, List<LogFile> behind) throws IOException {
    if (damage.later().isPresent()) {
      throw damaged(
          directory,
          log,
          damage,
          "a record that was written later begins at byte " + damage.later().getAsLong());
    }
    for (LogFile later : behind) {
      String name = "the log " + later.path().getFileName();
      if (later.hasBeginning()) {
        throw damaged(directory, log, damage, "there are later records in " + name);
      }
      Optional<Predecessor> said = later.predecessor();
      if (said.isPresent()
          && said.get().log() == log.number()
          && said.get().lastRecord() != log.lastRecord()) {
        throw damaged(
            directory,
            log,
            damage,
            name + " says that a record followed which is not there any more");
      }
    }
  }

  private static IOException damaged(Path directory, LogFile log, Damage damage, String proof) {
    return RocksFailure.refusal(
        directory,
        "its log "
            + log.path().getFileName()
            + " is damaged at byte "
            + damage.position()
            + " ("
            + damage.wrong()
            + "), and "
            + proof
            + ": so changes that were acknowledged would be lost",
        "nothing was changed; keep a copy of the directory, check the disk, and restore the"
            + " directory from a backup");
  }

  /**
   * Copies what will be cut off, and makes the copy durable.
   *
   * @return the copy
   */
  Path copyAside() throws IOException {
    Path lost = directory.resolve(LOST);
    Files.createDirectories(lost);
    Path copy = unusedName(lost);
    try {
      copyTo(copy);
      force(lost);
      force(directory);
    } catch (IOException e) {
      Files.deleteIfExists(copy);
      throw e;
    }
    forgetOldCopies(lost);
    return copy;
  }

  /** Cuts the logs behind their last whole record, durably. */
  void cut() throws IOException {
    truncate(torn.path(), torn.end());
    for (LogFile empty : behind) {
      truncate(empty.path(), 0);
    }
    force(directory);
  }

  /** Says what is left out, once it is. */
  void tell(Path copy) {
    LOG.warn(
        "the log {} ended in a torn record ({}): the {} bytes from byte {} on are left out, nothing"
            + " of which was acknowledged; a copy of them is in {}",
        torn.path(),
        damage.wrong(),
        torn.size() - torn.end(),
        torn.end(),
        copy);
  }

  private Path unusedName(Path lost) {
    String name = torn.path().getFileName() + ".from-" + torn.end();
    Path copy = lost.resolve(name);
    for (int i = 2; Files.exists(copy); i++) {
      copy = lost.resolve(name + "." + i);
    }
    return copy;
  }

  private void copyTo(Path copy) throws IOException {
    try (FileChannel from = FileChannel.open(torn.path(), StandardOpenOption.READ);
        FileChannel to =
            FileChannel.open(copy, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      for (long position = torn.end(); position < torn.size(); ) {
        position += from.transferTo(position, torn.size() - position, to);
      }
      to.force(true);
    }
  }

  private static void forgetOldCopies(Path lost) throws IOException {
    List<Path> copies;
    try (Stream<Path> files = Files.list(lost)) {
      copies =
          files
              .sorted(Comparator.comparingLong((Path file) -> file.toFile().lastModified()))
              .toList();
    }
    for (int i = 0; i < copies.size() - COPIES; i++) {
      Files.delete(copies.get(i));
    }
  }

  private static void truncate(Path file, long size) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(size);
      channel.force(true);
    }
  }

  private static void force(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}

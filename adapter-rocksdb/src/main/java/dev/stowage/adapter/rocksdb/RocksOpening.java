package dev.stowage.adapter.rocksdb;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stowage.adapter.rocksdb.Schema.Family;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteOptions;

/** Opens a database, or says which directory cannot be opened, why, and what to do. */
final class RocksOpening {
  private static final String DEFAULT_FAMILY = new String(RocksDB.DEFAULT_COLUMN_FAMILY, UTF_8);

  private static final String FIRST_MANIFEST = "MANIFEST-000001";

  private final Path directory;
  private final RocksOptions options;

  private RocksOpening(Path directory, RocksOptions options) {
    this.directory = directory.toAbsolutePath().normalize();
    this.options = options;
  }

  static RocksDatabase open(Path directory, RocksOptions options) throws IOException {
    return new RocksOpening(directory, options).open();
  }

  /** Opens a store so that nothing in its directory is changed; it takes no changes. */
  static RocksDatabase openForReading(Path directory, RocksOptions options) throws IOException {
    return new RocksOpening(directory, options).openForReading();
  }

  private RocksDatabase open() throws IOException {
    NativeLibrary.load();
    Optional<TornTail> tail;
    try {
      prepareDirectory();
      tail = TornTail.find(directory);
    } catch (FileSystemException | CharacterCodingException e) {
      throw RocksFailure.refusal(
          directory, e.toString(), "see to the cause and open it again; nothing was deleted", e);
    }
    try {
      return tail.isPresent() ? openWithout(tail.get()) : openAsItIs();
    } catch (RocksDBException e) {
      throw RocksFailure.ofOpening(directory, e);
    }
  }

  /**
   * Leaves out a torn tail. RocksDB is asked first, and not only since it passes over a log's early
   * end by itself: it also tells whether another process is writing that log at this moment, and
   * then it is not ours to cut.
   */
  private RocksDatabase openWithout(TornTail tail) throws RocksDBException, IOException {
    Path copy;
    try {
      copy = tail.copyAside();
    } catch (IOException e) {
      throw cannotCut(e);
    }
    RocksDatabase database;
    try {
      database = openAsItIs();
    } catch (RocksDBException e) {
      if (!RocksFailure.isDamage(e) || !hasItsFamilies()) {
        Files.deleteIfExists(copy);
        throw e;
      }
      try {
        tail.cut();
      } catch (IOException failed) {
        throw cannotCut(failed);
      }
      database = openAsItIs();
    }
    tail.tell(copy);
    return database;
  }

  private IOException cannotCut(IOException cause) {
    return RocksFailure.refusal(
        directory,
        "its log ends in a torn record, which cannot be copied and cut off (" + cause + ")",
        "see to the cause and open it again; nothing that was acknowledged is lost",
        cause);
  }

  private boolean hasItsFamilies() throws RocksDBException {
    Set<String> there = familiesThere();
    for (Family family : Family.values()) {
      if (!there.contains(family.id())) {
        return false;
      }
    }
    return true;
  }

  private RocksDatabase openAsItIs() throws RocksDBException, IOException {
    NativeOptions nativeOptions = new NativeOptions(options);
    try {
      return open(nativeOptions);
    } catch (RocksDBException | IOException | RuntimeException | Error e) {
      nativeOptions.close();
      throw e;
    }
  }

  private RocksDatabase openForReading() throws IOException {
    TornTail.find(directory);
    NativeOptions nativeOptions = new NativeOptions(options);
    try {
      List<ColumnFamilyHandle> handles = new ArrayList<>();
      RocksDB database =
          RocksDB.openReadOnly(
              nativeOptions.database(), directory.toString(), descriptors(nativeOptions), handles);
      return new RocksDatabase(database, byFamily(handles), handles, nativeOptions);
    } catch (RocksDBException e) {
      nativeOptions.close();
      throw RocksFailure.ofOpening(directory, e);
    }
  }

  private List<ColumnFamilyDescriptor> descriptors(NativeOptions nativeOptions)
      throws RocksDBException {
    List<ColumnFamilyDescriptor> descriptors = new ArrayList<>();
    for (String name : familiesThere()) {
      descriptors.add(descriptor(name, nativeOptions));
    }
    return descriptors;
  }

  private RocksDatabase open(NativeOptions nativeOptions) throws RocksDBException, IOException {
    DBOptions databaseOptions = nativeOptions.database();
    List<ColumnFamilyDescriptor> descriptors = descriptors(nativeOptions);
    List<ColumnFamilyHandle> handles = new ArrayList<>();
    RocksDB database = RocksDB.open(databaseOptions, directory.toString(), descriptors, handles);
    try {
      if (hasVersion(database)) {
        refuseWithoutItsFamilies(handles);
      } else {
        refuseForeign(database, handles);
        makeStore(database, handles, nativeOptions);
      }
      return new RocksDatabase(database, byFamily(handles), handles, nativeOptions);
    } catch (RocksDBException | IOException | RuntimeException | Error e) {
      handles.forEach(ColumnFamilyHandle::close);
      database.close();
      throw e;
    }
  }

  /**
   * Makes the directory, durably: RocksDB forces what it writes into it, but not the directory's
   * own name. And refuses one in which a database was whose anchor is gone: RocksDB would make a
   * new, empty one of it.
   */
  private void prepareDirectory() throws IOException {
    if (Files.isDirectory(directory)) {
      refuseWhatIsIncomplete();
      return;
    }
    List<Path> parents = new ArrayList<>();
    for (Path made = directory; made != null && !Files.exists(made); made = made.getParent()) {
      parents.add(0, made.getParent() == null ? made : made.getParent());
    }
    Files.createDirectories(directory);
    for (Path parent : parents) {
      try (FileChannel channel = FileChannel.open(parent, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  private void refuseWhatIsIncomplete() throws IOException {
    Path anchor = directory.resolve("CURRENT");
    Optional<Path> remains = remains();
    if (!Files.exists(anchor)) {
      if (remains.isPresent()) {
        throw RocksFailure.refusal(
            directory,
            "there is a database in it ("
                + remains.get().getFileName()
                + ") but its file CURRENT"
                + " is gone",
            "nothing was changed; restore the directory from a backup, or take an empty one");
      }
    } else if (remains.isEmpty() && Files.readString(anchor).startsWith(FIRST_MANIFEST)) {
      // RocksDB goes on to another manifest before it returns from the first opening.
      throw RocksFailure.refusal(
          directory,
          "the making of the store in it was never finished, and it holds no fact",
          "remove the directory and open it again");
    }
  }

  /** A file that has something in it, if there is one. */
  private Optional<Path> remains() throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.{sst,log,blob}")) {
      for (Path file : files) {
        return Optional.of(file);
      }
    }
    return Optional.empty();
  }

  /**
   * Every family that is there, as RocksDB demands. Those that are not there are not made by
   * opening it: nothing of ours is put into a database before it is known to be ours.
   */
  private Set<String> familiesThere() throws RocksDBException {
    Set<String> names = new LinkedHashSet<>();
    names.add(DEFAULT_FAMILY);
    if (Files.exists(directory.resolve("CURRENT"))) {
      try (Options any = new Options()) {
        for (byte[] name : RocksDB.listColumnFamilies(any, directory.toString())) {
          names.add(new String(name, UTF_8));
        }
      }
    }
    return names;
  }

  private static ColumnFamilyDescriptor descriptor(String name, NativeOptions nativeOptions) {
    return new ColumnFamilyDescriptor(name.getBytes(UTF_8), knownFamily(name, nativeOptions));
  }

  private static ColumnFamilyOptions knownFamily(String name, NativeOptions nativeOptions) {
    for (Family family : Family.values()) {
      if (family.id().equals(name)) {
        return nativeOptions.family(family);
      }
    }
    return nativeOptions.any();
  }

  private static Map<Family, ColumnFamilyHandle> byFamily(List<ColumnFamilyHandle> handles)
      throws RocksDBException {
    Map<Family, ColumnFamilyHandle> families = new EnumMap<>(Family.class);
    for (ColumnFamilyHandle handle : handles) {
      for (Family family : Family.values()) {
        if (family.id().equals(new String(handle.getName(), UTF_8))) {
          families.put(family, handle);
        }
      }
    }
    return families;
  }

  /** Whether the database is a store of this version; any other version is refused. */
  private boolean hasVersion(RocksDB database) throws RocksDBException, IOException {
    byte[] found = database.get(Schema.VERSION_KEY);
    String mine = Integer.toString(Schema.VERSION);
    if (found != null && !mine.equals(new String(found, US_ASCII))) {
      throw RocksFailure.refusal(
          directory,
          "its format is version "
              + new String(found, US_ASCII)
              + ", and this program knows version "
              + mine,
          "use the program that wrote it, or a later one");
    }
    return found != null;
  }

  /** A store has its families before it has its version: one that is gone took facts with it. */
  private void refuseWithoutItsFamilies(List<ColumnFamilyHandle> handles)
      throws RocksDBException, IOException {
    Set<Family> there = byFamily(handles).keySet();
    for (Family family : Family.values()) {
      if (!there.contains(family)) {
        throw RocksFailure.refusal(
            directory,
            "its column family " + family.id() + " is missing",
            "nothing was changed; restore the directory from a backup");
      }
    }
  }

  /** Makes the families that are not there yet, and then says that it is a store. */
  private static void makeStore(
      RocksDB database, List<ColumnFamilyHandle> handles, NativeOptions nativeOptions)
      throws RocksDBException {
    Set<Family> there = byFamily(handles).keySet();
    for (Family family : Family.values()) {
      if (!there.contains(family)) {
        handles.add(database.createColumnFamily(descriptor(family.id(), nativeOptions)));
      }
    }
    try (WriteOptions synced = new WriteOptions().setSync(true)) {
      database.put(synced, Schema.VERSION_KEY, Integer.toString(Schema.VERSION).getBytes(US_ASCII));
    }
  }

  /** A store that a crash left before it had its version is empty; anything else is not ours. */
  private void refuseForeign(RocksDB database, List<ColumnFamilyHandle> handles)
      throws RocksDBException, IOException {
    for (ColumnFamilyHandle handle : handles) {
      try (RocksIterator entries = database.newIterator(handle)) {
        entries.seekToFirst();
        entries.status();
        if (entries.isValid()) {
          throw RocksFailure.refusal(
              directory,
              "it is a database without a version of Stowage's format",
              "nothing was changed; take another directory");
        }
      }
    }
  }
}

package dev.stowage.adapter.rocksdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stowage.contract.SampleFacts;
import dev.stowage.registry.Tag;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

final class OpeningTest {
  private static final int KILLS = 5;

  @TempDir Path directory;

  private RocksMetadataStore open() throws IOException {
    return RocksMetadataStore.open(directory, RocksOptions.defaults());
  }

  @Test
  void holdsEverythingAcknowledgedBeforeAKill() throws Exception {
    List<String> acknowledged = new ArrayList<>();
    for (int round = 0; round < KILLS; round++) {
      try (WritingProcess writer = WritingProcess.start(directory, "r" + round)) {
        for (int n = 0; n < 50 + 30 * round; n++) {
          acknowledged.add(writer.nextAcknowledged().orElseThrow());
        }
        writer.kill();
        // What had been said before the kill was acknowledged as well.
        Optional<String> more = writer.nextAcknowledged();
        while (more.isPresent()) {
          acknowledged.add(more.get());
          more = writer.nextAcknowledged();
        }
      }
      try (RocksMetadataStore store = open()) {
        for (String tag : acknowledged) {
          if (!tag.matches("r\\d-\\d-\\d+")) {
            continue; // a line that the kill cut short
          }
          assertTrue(
              store.tag(SampleFacts.name("a"), new Tag(tag)).isPresent(), () -> tag + " is lost");
        }
      }
    }
    assertFalse(acknowledged.isEmpty());
  }

  @Test
  void refusesASecondProcess() throws Exception {
    try (RocksMetadataStore first = open();
        WritingProcess second = WritingProcess.start(directory, "second")) {
      String answer = second.nextAcknowledged().orElseThrow();
      assertTrue(answer.startsWith("refused: "), answer);
      assertTrue(answer.contains(directory.toString()), answer);
      assertEquals(Optional.empty(), first.tag(SampleFacts.name("a"), new Tag("second-0-0")));
    }
  }

  @Test
  void refusesASecondOpeningInTheSameProcess() throws Exception {
    try (RocksMetadataStore first = open()) {
      IOException refusal = assertThrows(IOException.class, this::open);
      assertTrue(refusal.toString().contains(directory.toString()), refusal.toString());
      assertEquals(Optional.empty(), first.tag(SampleFacts.name("a"), new Tag("v1")));
    }
  }

  @Test
  void refusesAFormatThatItDoesNotKnow() throws Exception {
    open().close();
    overwriteVersion("99");
    IOException refusal = assertThrows(IOException.class, this::open);
    assertTrue(refusal.toString().contains("99"), refusal.toString());
    assertTrue(refusal.toString().contains(String.valueOf(Schema.VERSION)), refusal.toString());
    overwriteVersion(String.valueOf(Schema.VERSION));
    open().close();
  }

  @Test
  void answersWithAFailureAfterItWasClosed() throws Exception {
    RocksMetadataStore store = open();
    store.close();
    store.close();
    assertThrows(IOException.class, () -> store.read(facts -> 1));
    assertThrows(IOException.class, () -> store.write(facts -> 1));
    assertThrows(IOException.class, () -> store.tag(SampleFacts.name("a"), new Tag("v1")));
  }

  private void overwriteVersion(String version) throws RocksDBException {
    try (Options options = new Options();
        DBOptions all = new DBOptions()) {
      List<ColumnFamilyDescriptor> families = new ArrayList<>();
      for (byte[] name : RocksDB.listColumnFamilies(options, directory.toString())) {
        families.add(new ColumnFamilyDescriptor(name));
      }
      List<ColumnFamilyHandle> handles = new ArrayList<>();
      try (RocksDB database = RocksDB.open(all, directory.toString(), families, handles)) {
        database.put(Schema.VERSION_KEY, version.getBytes(StandardCharsets.US_ASCII));
        handles.forEach(ColumnFamilyHandle::close);
      }
    }
  }
}

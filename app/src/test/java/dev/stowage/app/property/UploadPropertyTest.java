package dev.stowage.app.property;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Uploads do what the model says, whatever is asked of them in whatever order. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UploadPropertyTest {
  private static final String NAME = "uploads";
  private static final int LONGEST = 40;

  private final SwitchedRegistry switched = new SwitchedRegistry();
  private final AtomicInteger directories = new AtomicInteger();
  private final HttpDoor http;
  @TempDir private Path temporary = Path.of("");

  UploadPropertyTest() throws IOException {
    http = new HttpDoor(switched);
  }

  @AfterAll
  void stop() {
    http.close();
  }

  @Test
  void followTheModelInMemory() {
    property("in memory", this::inMemory).holds(1_000);
  }

  @Test
  void followTheModelOnDisk() {
    property("on disk", this::onDisk).holds(40);
  }

  @Test
  void followTheModelOverHttp() {
    property("over HTTP", this::overHttp).holds(60);
  }

  @ParameterizedTest
  @MethodSource("kept")
  void followTheModelWhereTheyOnceDidNot(KeptSequence kept) {
    property("in memory", this::inMemory).holdsFor(kept.sequence());
    property("on disk", this::onDisk).holdsFor(kept.sequence());
    property("over HTTP", this::overHttp).holdsFor(kept.sequence());
  }

  static Iterable<KeptSequence> kept() throws IOException {
    return KeptSequence.all(NAME);
  }

  private static Property property(String where, Property.Trial trial) {
    return new Property(NAME, where, UploadTrial::step, LONGEST, trial);
  }

  private void inMemory(Sequence sequence) throws IOException {
    try (Installation installation = new MemoryInstallation(UploadTrial.OPTIONS)) {
      new UploadTrial(installation, new DirectUploads(installation)).run(sequence);
    }
  }

  private void onDisk(Sequence sequence) throws IOException {
    Path root = temporary.resolve(String.valueOf(directories.incrementAndGet()));
    try (Installation installation = new DiskInstallation(root, UploadTrial.OPTIONS)) {
      new UploadTrial(installation, new DirectUploads(installation)).run(sequence);
    }
  }

  private void overHttp(Sequence sequence) throws IOException {
    try (Installation installation = new MemoryInstallation(UploadTrial.OPTIONS)) {
      switched.switchTo(installation::registry);
      new UploadTrial(installation, new HttpUploads(http)).run(sequence);
    }
  }
}

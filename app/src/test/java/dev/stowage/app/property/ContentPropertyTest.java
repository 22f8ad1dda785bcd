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

/** Blobs, manifests, tags and referrers are what the model says, whatever is pushed and deleted. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContentPropertyTest {
  private static final String NAME = "content";
  private static final int LONGEST = 60;

  private final SwitchedRegistry switched = new SwitchedRegistry();
  private final AtomicInteger directories = new AtomicInteger();
  private final HttpDoor http;
  @TempDir private Path temporary = Path.of("");

  ContentPropertyTest() throws IOException {
    http = new HttpDoor(switched);
  }

  @AfterAll
  void stop() {
    http.close();
  }

  @Test
  void followsTheModelInMemory() {
    property("in memory", this::inMemory).holds(120);
  }

  @Test
  void followsTheModelOnDisk() {
    property("on disk", this::onDisk).holds(10);
  }

  @Test
  void followsTheModelOverHttp() {
    property("over HTTP", this::overHttp).holds(5);
  }

  @ParameterizedTest
  @MethodSource("kept")
  void followsTheModelWhereItOnceDidNot(KeptSequence kept) {
    property("in memory", this::inMemory).holdsFor(kept.sequence());
    property("on disk", this::onDisk).holdsFor(kept.sequence());
    property("over HTTP", this::overHttp).holdsFor(kept.sequence());
  }

  static Iterable<KeptSequence> kept() throws IOException {
    return KeptSequence.all(NAME);
  }

  private static Property property(String where, Property.Trial trial) {
    return new Property(NAME, where, ContentTrial::step, LONGEST, trial);
  }

  private void inMemory(Sequence sequence) throws IOException {
    try (Installation installation = new MemoryInstallation(ContentTrial.OPTIONS)) {
      new ContentTrial(installation, new DirectContent(installation), 1).run(sequence);
    }
  }

  private void onDisk(Sequence sequence) throws IOException {
    Path root = temporary.resolve(String.valueOf(directories.incrementAndGet()));
    try (Installation installation = new DiskInstallation(root, ContentTrial.OPTIONS)) {
      new ContentTrial(installation, new DirectContent(installation), 8).run(sequence);
    }
  }

  private void overHttp(Sequence sequence) throws IOException {
    try (Installation installation = new MemoryInstallation(ContentTrial.OPTIONS)) {
      switched.switchTo(installation::registry);
      new ContentTrial(installation, new HttpContent(http), 20).run(sequence);
    }
  }
}

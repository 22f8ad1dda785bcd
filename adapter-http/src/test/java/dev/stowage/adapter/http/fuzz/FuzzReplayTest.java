package dev.stowage.adapter.http.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.stowage.adapter.http.oci.PagingFuzz;
import dev.stowage.adapter.http.transfer.RangeFuzz;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The inputs that are kept, given to their targets. */
class FuzzReplayTest {
  @FunctionalInterface
  private interface FuzzTarget {
    void accept(byte[] input);
  }

  private static final Map<String, FuzzTarget> TARGETS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("ContentRangeFuzz", ContentRangeFuzz::fuzzerTestOneInput),
              Map.entry("DigestFuzz", DigestFuzz::fuzzerTestOneInput),
              Map.entry("EntityTagFuzz", EntityTagFuzz::fuzzerTestOneInput),
              Map.entry("ManifestFuzz", ManifestFuzz::fuzzerTestOneInput),
              Map.entry("MediaTypeFuzz", MediaTypeFuzz::fuzzerTestOneInput),
              Map.entry("NameFuzz", NameFuzz::fuzzerTestOneInput),
              Map.entry("PagingFuzz", PagingFuzz::fuzzerTestOneInput),
              Map.entry("QueryFuzz", QueryFuzz::fuzzerTestOneInput),
              Map.entry("RangeFuzz", RangeFuzz::fuzzerTestOneInput),
              Map.entry("ReferenceFuzz", ReferenceFuzz::fuzzerTestOneInput),
              Map.entry("RouteFuzz", RouteFuzz::fuzzerTestOneInput)));

  record Kept(String target, Path file) {
    @Override
    public String toString() {
      return target + " " + file.getFileName();
    }
  }

  @ParameterizedTest
  @MethodSource("kept")
  void holdsForWhatIsKept(Kept kept) throws IOException {
    Optional.ofNullable(TARGETS.get(kept.target()))
        .orElseThrow()
        .accept(Files.readAllBytes(kept.file()));
  }

  @Test
  void everyTargetHasInputs() throws IOException {
    assertEquals(TARGETS.keySet(), new TreeSet<>(names(corpus())));
    for (String target : TARGETS.keySet()) {
      assertFalse(names(corpus().resolve(target)).isEmpty(), target);
    }
  }

  static List<Kept> kept() throws IOException {
    List<Kept> all = new ArrayList<>();
    for (String target : TARGETS.keySet()) {
      Path directory = corpus().resolve(target);
      for (String name : names(directory)) {
        all.add(new Kept(target, directory.resolve(name)));
      }
    }
    return all;
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    }
  }

  private static Path corpus() throws IOException {
    URL resource = FuzzReplayTest.class.getResource("/fuzz");
    if (resource == null) {
      throw new IOException("no inputs are kept");
    }
    try {
      return Path.of(resource.toURI());
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }
}

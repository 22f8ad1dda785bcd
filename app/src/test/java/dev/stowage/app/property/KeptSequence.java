package dev.stowage.app.property;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A sequence that is kept as a file: one that failed once, or one that must not be missed. */
record KeptSequence(String file, Sequence sequence) {
  static List<KeptSequence> all(String property) throws IOException {
    URL resource = KeptSequence.class.getResource("/property/" + property);
    if (resource == null) {
      throw new IOException("no sequences are kept for " + property);
    }
    try (Stream<Path> files = Files.list(Path.of(resource.toURI()))) {
      List<KeptSequence> all = new ArrayList<>();
      for (Path file : files.sorted().toList()) {
        all.add(
            new KeptSequence(
                String.valueOf(file.getFileName()), Sequence.parse(Files.readString(file))));
      }
      return all;
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }

  @Override
  public String toString() {
    return file;
  }
}

package dev.stowage.adapter.fs;

import dev.stowage.StowageException;
import dev.stowage.blob.Digest;
import dev.stowage.blob.DigestAlgorithm;
import dev.stowage.registry.RepositoryName;
import dev.stowage.registry.Tag;
import dev.stowage.spi.DistributionSource;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A store of the distribution registry's file system driver.
 *
 * <pre>
 * blobs/ALGORITHM/XX/HEX/data
 * repositories/NAME/_layers/ALGORITHM/HEX/link
 * repositories/NAME/_manifests/revisions/ALGORITHM/HEX/link
 * repositories/NAME/_manifests/tags/TAG/current/link
 * </pre>
 *
 * @param root the directory {@code docker/registry/v2}, above all that
 */
record DistributionDirectory(Path root) implements DistributionSource {
  private static final Path BELOW = Path.of("docker", "registry", "v2");
  private static final int LONGEST_LINK = 200;
  private static final int DEEPEST = 128;

  /** Opens what the registry calls its root directory, or the place below it where all lies. */
  static DistributionDirectory open(Path directory) throws IOException {
    for (Path root : List.of(directory.resolve(BELOW), directory)) {
      if (Files.isDirectory(root.resolve("repositories"))
          && Files.isDirectory(root.resolve("blobs"))) {
        return new DistributionDirectory(root);
      }
    }
    throw new IOException(directory + " is no store of the distribution registry: no " + BELOW);
  }

  @Override
  public List<RepositoryName> repositories(Consumer<String> strange) throws IOException {
    List<RepositoryName> names = new ArrayList<>();
    collect(root.resolve("repositories"), "", names, strange, 0);
    names.sort(null);
    return names;
  }

  private void collect(
      Path directory, String name, List<RepositoryName> names, Consumer<String> strange, int depth)
      throws IOException {
    for (Path child : children(directory)) {
      String file = child.getFileName().toString();
      if (file.startsWith("_") || !Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
        continue;
      }
      String whole = name.isEmpty() ? file : name + "/" + file;
      if (Files.isDirectory(child.resolve("_manifests"))
          || Files.isDirectory(child.resolve("_layers"))) {
        try {
          names.add(new RepositoryName(whole));
        } catch (StowageException e) {
          strange.accept(whole);
        }
      }
      if (depth < DEEPEST) {
        collect(child, whole, names, strange, depth + 1);
      }
    }
  }

  @Override
  public List<Digest> layers(RepositoryName repository, Consumer<String> strange)
      throws IOException {
    return digests(of(repository).resolve("_layers"), strange);
  }

  @Override
  public List<Digest> manifests(RepositoryName repository, Consumer<String> strange)
      throws IOException {
    return digests(of(repository).resolve("_manifests").resolve("revisions"), strange);
  }

  @Override
  public Map<Tag, Digest> tags(RepositoryName repository, Consumer<String> strange)
      throws IOException {
    Map<Tag, Digest> tags = new TreeMap<>();
    for (Path child : children(of(repository).resolve("_manifests").resolve("tags"))) {
      try {
        // A tag that was deleted leaves its directory.
        Optional<Digest> target = link(child.resolve("current").resolve("link"));
        if (target.isPresent()) {
          tags.put(new Tag(child.getFileName().toString()), target.get());
        }
      } catch (StowageException e) {
        strange.accept(root.relativize(child).toString());
      }
    }
    return tags;
  }

  @Override
  public Optional<SeekableByteChannel> open(Digest digest) throws IOException {
    return DirectoryLayout.openFile(
        root.resolve("blobs")
            .resolve(digest.algorithm().token())
            .resolve(digest.hex().substring(0, 2))
            .resolve(digest.hex())
            .resolve("data"));
  }

  @Override
  public void close() {}

  private Path of(RepositoryName repository) {
    return root.resolve("repositories").resolve(repository.value());
  }

  /** What is linked below a directory; what was deleted has left a directory without a link. */
  private List<Digest> digests(Path directory, Consumer<String> strange) throws IOException {
    List<Digest> digests = new ArrayList<>();
    for (DigestAlgorithm algorithm : DigestAlgorithm.values()) {
      for (Path child : children(directory.resolve(algorithm.token()))) {
        try {
          Optional<Digest> target = link(child.resolve("link"));
          if (target.isPresent()
              && target.get().equals(new Digest(algorithm, child.getFileName().toString()))) {
            digests.add(target.get());
          } else if (target.isPresent()) {
            strange.accept(root.relativize(child).toString());
          }
        } catch (StowageException e) {
          strange.accept(root.relativize(child).toString());
        }
      }
    }
    digests.sort(null);
    return digests;
  }

  private static Optional<Digest> link(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      return Optional.of(
          Digest.parse(new String(in.readNBytes(LONGEST_LINK), StandardCharsets.US_ASCII).strip()));
    } catch (NoSuchFileException deleted) {
      return Optional.empty();
    }
  }

  private static List<Path> children(Path directory) throws IOException {
    List<Path> children = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      stream.forEach(children::add);
    } catch (NoSuchFileException | NotDirectoryException none) {
      return List.of();
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    children.sort(null);
    return children;
  }
}

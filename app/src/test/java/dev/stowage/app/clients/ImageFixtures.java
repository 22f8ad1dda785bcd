package dev.stowage.app.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.zip.Deflater.BEST_SPEED;
import static java.util.zip.Deflater.NO_COMPRESSION;

import dev.stowage.app.clients.LayoutWriter.Layer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The images that the client tests push, each made when a test first asks for it and shared by all
 * tests, which must not change them.
 */
final class ImageFixtures implements AutoCloseable {
  /** The name of the image in {@link #large()} and in {@link #fresh}. */
  static final String IMAGE = "v1";

  /** The names in {@link #multiPlatform()}: the index, and its children. */
  static final String INDEX = "multi";

  private static final int MEBI = 1 << 20;

  private Optional<Path> directory = Optional.empty();
  private Optional<OciLayout> large = Optional.empty();
  private Optional<OciLayout> multiPlatform = Optional.empty();

  /** An image of five layers and 224 MiB, of which four do not compress and one does. */
  synchronized OciLayout large() throws IOException {
    if (large.isEmpty()) {
      LayoutWriter writer = new LayoutWriter(directory().resolve("large"));
      List<Layer> layers = new ArrayList<>();
      layers.add(
          writer.layer(
              BEST_SPEED,
              tar -> {
                tar.directory("etc");
                tar.textFile("etc/text", 200_000);
              }));
      int[] sizes = {16, 48, 64, 96};
      for (int i = 0; i < sizes.length; i++) {
        int layer = i;
        layers.add(
            writer.layer(
                NO_COMPRESSION,
                tar -> {
                  tar.directory("data");
                  tar.randomFile("data/" + layer, (long) sizes[layer] * MEBI, layer);
                }));
      }
      writer.image(IMAGE, "amd64", layers);
      large = Optional.of(writer.finish());
    }
    return large.get();
  }

  /** An index of two small images, amd64 and arm64, which have one layer in common. */
  synchronized OciLayout multiPlatform() throws IOException {
    if (multiPlatform.isEmpty()) {
      LayoutWriter writer = new LayoutWriter(directory().resolve("multi"));
      Layer common = writer.layer(BEST_SPEED, tar -> tar.textFile("common", 1000));
      Layer amd64 = writer.layer(BEST_SPEED, tar -> tar.file("arch", "amd64".getBytes(UTF_8)));
      Layer arm64 = writer.layer(BEST_SPEED, tar -> tar.file("arch", "arm64".getBytes(UTF_8)));
      writer.index(
          INDEX,
          List.of(
              writer.image("amd64", "amd64", List.of(common, amd64)),
              writer.image("arm64", "arm64", List.of(common, arm64))));
      multiPlatform = Optional.of(writer.finish());
    }
    return multiPlatform.get();
  }

  /**
   * An image of so many MiB in a new directory, of which no registry has a layer if the seed is
   * new.
   */
  OciLayout fresh(Path layout, int size, long seed) throws IOException {
    LayoutWriter writer = new LayoutWriter(layout);
    writer.image(
        IMAGE,
        "amd64",
        List.of(
            writer.layer(
                NO_COMPRESSION, tar -> tar.randomFile("random", (long) size * MEBI + 7, seed)),
            writer.layer(
                BEST_SPEED, tar -> tar.file("seed", Long.toString(seed).getBytes(UTF_8)))));
    return writer.finish();
  }

  @Override
  public synchronized void close() throws IOException {
    if (directory.isPresent()) {
      DirectoryTree.delete(directory.get());
    }
  }

  private Path directory() throws IOException {
    if (directory.isEmpty()) {
      directory = Optional.of(Files.createTempDirectory("stowage"));
    }
    return directory.get();
  }
}

package dev.stowage.adapter.fs;

import dev.stowage.blob.Digest;
import dev.stowage.blob.DigestAlgorithm;
import dev.stowage.blob.UploadId;
import dev.stowage.spi.PlacedAs;
import dev.stowage.spi.Placement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where everything lies beneath the root.
 *
 * <pre>
 * format                                      what wrote this directory
 * lock, lock.holder                           who has it open
 * blobs/sha256/SHARD/HEX.UPLOAD-ID            a blob; SHARD is the first two digits of HEX
 * uploads/BOOT-ID/UPLOAD-ID                   a staging, of one boot of the machine
 * </pre>
 *
 * <p>A placement is the part after {@code blobs/sha256/}, always with a slash.
 */
record Layout(Path root) {
  static final int SHARDS = 256;

  private static final Pattern NAME =
      Pattern.compile(
          "([0-9a-f]{64})\\.([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})");
  private static final int SHARD_DIGITS = 2;

  Path format() {
    return root.resolve("format");
  }

  Path lock() {
    return root.resolve("lock");
  }

  Path lockHolder() {
    return root.resolve("lock.holder");
  }

  Path blobs() {
    return root.resolve("blobs").resolve("sha256");
  }

  Path shard(int number) {
    return blobs().resolve(shardName(number));
  }

  Path uploads() {
    return root.resolve("uploads");
  }

  Path staging(String bootId, UploadId id) {
    return uploads().resolve(bootId).resolve(id.toString());
  }

  static Placement placement(Digest canonical, UploadId id) {
    return inShard(canonical.hex() + "." + id);
  }

  /** The placement that a file of this name in a shard is, if the name is one of ours. */
  static Optional<Placement> placement(int shard, String fileName) {
    return NAME.matcher(fileName).matches() && fileName.startsWith(shardName(shard))
        ? Optional.of(inShard(fileName))
        : Optional.empty();
  }

  /**
   * The file at a placement.
   *
   * @throws IOException if the text is no placement of this layout; it never becomes a path then
   */
  Path file(Placement placement) throws IOException {
    return shard(shardOf(placement)).resolve(fileName(placement));
  }

  /**
   * The number of the shard that a placement is in.
   *
   * @throws IOException if the text is no placement of this layout
   */
  static int shardOf(Placement placement) throws IOException {
    return Integer.parseInt(fileName(placement).substring(0, SHARD_DIGITS), 16);
  }

  /**
   * What a placement says of itself.
   *
   * @throws IOException if the text is no placement of this layout
   */
  static PlacedAs placedAs(Placement placement) throws IOException {
    String name = fileName(placement);
    int dot = name.indexOf('.');
    return new PlacedAs(
        new Digest(DigestAlgorithm.SHA256, name.substring(0, dot)),
        new UploadId(UUID.fromString(name.substring(dot + 1))));
  }

  /** The directory of a file beneath the root. */
  static Path directoryOf(Path file) {
    return Objects.requireNonNull(file.getParent(), "the root is above");
  }

  /**
   * Whether there is a file or directory.
   *
   * @throws IOException if that cannot be known, which is not the same as no
   */
  static boolean exists(Path path) throws IOException {
    try {
      Files.readAttributes(path, BasicFileAttributes.class);
      return true;
    } catch (NoSuchFileException absent) {
      return false;
    }
  }

  private static String fileName(Placement placement) throws IOException {
    String text = placement.value();
    if (text.length() > SHARD_DIGITS + 1) {
      Matcher name = NAME.matcher(text.substring(SHARD_DIGITS + 1));
      if (name.matches() && inShard(name.group()).equals(placement)) {
        return name.group();
      }
    }
    throw new IOException("not a placement of a directory of blobs: " + text);
  }

  private static Placement inShard(String fileName) {
    return new Placement(fileName.substring(0, SHARD_DIGITS) + "/" + fileName);
  }

  private static String shardName(int number) {
    return HexFormat.of().toHexDigits((byte) number);
  }
}

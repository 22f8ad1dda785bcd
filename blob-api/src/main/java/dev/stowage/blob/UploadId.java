package dev.stowage.blob;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The name of an upload, unique for ever.
 *
 * @param value a UUID (RFC 9562)
 */
public record UploadId(UUID value) implements Comparable<UploadId> {
  private static final Pattern CANONICAL =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  /** A new name that nobody can guess. */
  public static UploadId random() {
    return new UploadId(UUID.randomUUID());
  }

  /** The name that this text is, in lower case and full length; nothing for any other text. */
  public static Optional<UploadId> find(String text) {
    return CANONICAL.matcher(text).matches()
        ? Optional.of(new UploadId(UUID.fromString(text)))
        : Optional.empty();
  }

  @Override
  public int compareTo(UploadId other) {
    return toString().compareTo(other.toString());
  }

  @Override
  public String toString() {
    return value.toString();
  }
}

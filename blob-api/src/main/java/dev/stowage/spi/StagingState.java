package dev.stowage.spi;

/**
 * What a {@link BlobData} has to remember of a staging besides its bytes, such as the parts of a
 * multipart upload. Opaque to everybody else; the core keeps it with the upload.
 *
 * @param value the state as text, short; empty where the engine needs none
 */
public record StagingState(String value) {
  /** Nothing to remember. */
  public static final StagingState NONE = new StagingState("");
}

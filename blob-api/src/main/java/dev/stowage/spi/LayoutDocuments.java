package dev.stowage.spi;

import dev.stowage.blob.MediaType;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Reads and writes the documents that stand around the content of an OCI image layout. Safe for use
 * by any thread. Documents are read as strictly as {@link ManifestReader} reads.
 */
public interface LayoutDocuments {
  /** The content of {@code oci-layout}, which marks a layout and names its version. */
  ByteBuffer marker();

  /**
   * Checks a marker.
   *
   * @throws dev.stowage.registry.ManifestInvalidException if it marks no layout of version 1
   */
  void checkMarker(ByteBuffer document);

  /** Writes {@code index.json}. */
  ByteBuffer index(List<LayoutEntry> entries);

  /**
   * Reads {@code index.json}.
   *
   * @throws dev.stowage.registry.ManifestInvalidException if it is no index
   */
  List<LayoutEntry> index(ByteBuffer document);

  /**
   * The media type of a manifest that is kept without one: what the document says of itself, or
   * else what it has the form of.
   *
   * @throws dev.stowage.registry.ManifestInvalidException if it is no manifest that can be kept
   */
  MediaType typeOf(ByteBuffer manifest);
}

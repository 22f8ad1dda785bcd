package dev.stowage.registry;

import dev.stowage.blob.Descriptor;
import dev.stowage.blob.Digest;
import dev.stowage.blob.MediaType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** The manifests of a repository. */
public interface Manifests {
  /**
   * The manifest of a reference.
   *
   * @throws ManifestUnknownException if there is none
   * @throws IOException if the metadata cannot be read
   */
  Manifest get(Reference reference) throws IOException;

  /**
   * The manifest of a reference, or nothing.
   *
   * @throws IOException if the metadata cannot be read
   */
  Optional<Manifest> find(Reference reference) throws IOException;

  /**
   * Stores a manifest, byte for byte, and moves tags to it, in one step: other callers see all of
   * it or nothing. Storing it again is no error.
   *
   * @param reference a tag to move to the manifest, or the digest that its bytes must have
   * @param mediaType what the document is
   * @param content the remaining bytes of a buffer; its position is unchanged
   * @param tags further tags to move to it; a tag that stands twice counts once
   * @throws ManifestTooLargeException if it has more bytes than the registry takes
   * @throws ManifestInvalidException if it is no manifest of that type, or contradicts what is
   *     stored
   * @throws ManifestReferenceUnknownException if it refers to content that the repository does not
   *     hold
   * @throws dev.stowage.blob.InvalidDigestException if the bytes have another digest than the one
   *     in the reference
   * @throws IOException if it cannot be made durable
   */
  PushedManifest put(Reference reference, MediaType mediaType, ByteBuffer content, List<Tag> tags)
      throws IOException;

  /**
   * Removes a tag, or a manifest with its tags and its entry as a referrer.
   *
   * @param reference a tag: only the tag goes; a digest: the manifest goes
   * @throws ManifestUnknownException if there is none
   * @throws ReferencedException if an index of this repository needs the manifest
   * @throws dev.stowage.blob.OperationUnsupportedException if deletion is switched off
   * @throws IOException if the removal cannot be made durable
   */
  void delete(Reference reference) throws IOException;

  /**
   * The most bytes that a manifest may have here; a reader of untrusted input stops one byte later.
   */
  int maxSize();

  /**
   * The descriptors of the manifests, ordered by canonical digest.
   *
   * @param after the canonical digest after which the page begins
   * @param limit the most items on the page, at least 0
   * @throws IOException if the metadata cannot be read
   */
  Page<Descriptor> list(Optional<Digest> after, int limit) throws IOException;
}

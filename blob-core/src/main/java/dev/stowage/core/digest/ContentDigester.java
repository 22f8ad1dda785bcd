package dev.stowage.core.digest;

import dev.stowage.blob.Digest;
import dev.stowage.blob.DigestAlgorithm;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Digests bytes as they pass: always canonically, and in any other algorithm that is known to be
 * wanted. Used by one thread at a time.
 */
public final class ContentDigester {
  private final Map<DigestAlgorithm, MessageDigest> computations;

  private ContentDigester(Map<DigestAlgorithm, MessageDigest> computations) {
    this.computations = computations;
  }

  /** A digester of no bytes yet, for the canonical algorithm and one that may be another. */
  public static ContentDigester of(DigestAlgorithm algorithm) {
    Map<DigestAlgorithm, MessageDigest> computations = new EnumMap<>(DigestAlgorithm.class);
    computations.put(DigestAlgorithm.SHA256, DigestAlgorithm.SHA256.newMessageDigest());
    computations.computeIfAbsent(algorithm, DigestAlgorithm::newMessageDigest);
    return new ContentDigester(computations);
  }

  /** Takes a buffer's remaining bytes; its position is unchanged. */
  public void update(ByteBuffer content) {
    for (MessageDigest computation : computations.values()) {
      computation.update(content.duplicate());
    }
  }

  /** The canonical digest of the bytes so far; more may follow. */
  public Digest canonical() {
    return digest(DigestAlgorithm.SHA256).orElseThrow();
  }

  /** The digest of the bytes so far, if this algorithm has been followed from the first byte. */
  public Optional<Digest> digest(DigestAlgorithm algorithm) {
    return Optional.ofNullable(computations.get(algorithm))
        .map(computation -> Digest.of(algorithm, clone(computation)));
  }

  /** A second digester that stands where this one does. */
  public ContentDigester copy() {
    Map<DigestAlgorithm, MessageDigest> copies = new EnumMap<>(DigestAlgorithm.class);
    computations.forEach((algorithm, computation) -> copies.put(algorithm, clone(computation)));
    return new ContentDigester(copies);
  }

  private static MessageDigest clone(MessageDigest computation) {
    try {
      return (MessageDigest) computation.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the platform's digests can be cloned", e);
    }
  }
}

package dev.stowage.blob;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

/**
 * A hash function that a {@link Digest} can be made with.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/descriptor.md#digests">OCI
 *     image specification, digests</a>
 */
public enum DigestAlgorithm {
  /** SHA-256 (FIPS 180-4): the canonical algorithm; everything stored has a digest of it. */
  SHA256("sha256", "SHA-256", 32),
  /** SHA-512 (FIPS 180-4): names the same bytes as an alias. */
  SHA512("sha512", "SHA-512", 64);

  private final String token;
  private final String jcaName;
  private final int bytes;

  DigestAlgorithm(String token, String jcaName, int bytes) {
    this.token = token;
    this.jcaName = jcaName;
    this.bytes = bytes;
  }

  /** The algorithm's name as it stands in a digest, such as {@code sha256}. */
  public String token() {
    return token;
  }

  /** The length of a digest's encoded part, in hexadecimal digits. */
  public int hexLength() {
    return bytes * 2;
  }

  /** The algorithm of this name, if it is one that is supported; names are lower case. */
  public static Optional<DigestAlgorithm> find(String token) {
    for (DigestAlgorithm algorithm : values()) {
      if (algorithm.token.equals(token)) {
        return Optional.of(algorithm);
      }
    }
    return Optional.empty();
  }

  /**
   * The algorithm of this name.
   *
   * @throws DigestUnsupportedException if there is none
   */
  public static DigestAlgorithm of(String token) {
    return find(token).orElseThrow(() -> new DigestUnsupportedException(token));
  }

  /** A fresh, cloneable computation; it belongs to one thread at a time. */
  public MessageDigest newMessageDigest() {
    try {
      return MessageDigest.getInstance(jcaName);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform with this module has " + jcaName, e);
    }
  }
}

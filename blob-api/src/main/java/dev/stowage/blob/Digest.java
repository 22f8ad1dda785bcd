package dev.stowage.blob;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The name of content: {@code algorithm:hex}.
 *
 * <p>A value of this type is always a well-formed digest of a supported algorithm. Digests order by
 * algorithm and then by value.
 *
 * @param algorithm the hash function
 * @param hex its result in lower-case hexadecimal digits, of exactly the algorithm's length
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/descriptor.md#digests">OCI
 *     image specification, digests</a>
 */
public record Digest(DigestAlgorithm algorithm, String hex) implements Comparable<Digest> {
  private static final Pattern GRAMMAR =
      Pattern.compile("[a-z0-9]+(?:[+._-][a-z0-9]+)*:[a-zA-Z0-9=_-]+");
  private static final int LONGEST_QUOTED = 200;

  /**
   * Checks the encoded part.
   *
   * @throws InvalidDigestException if it is not lower-case hexadecimal of the algorithm's length
   */
  public Digest {
    if (hex.length() != algorithm.hexLength() || !isLowerHex(hex)) {
      throw InvalidDigestException.malformed(
          quotable(algorithm.token() + ":" + hex),
          algorithm.token() + " takes " + algorithm.hexLength() + " lower-case hex digits");
    }
  }

  /**
   * Reads a digest from text.
   *
   * @throws InvalidDigestException if the text is not of the digest grammar, or of the wrong length
   * @throws DigestUnsupportedException if it is of the grammar but the algorithm is not supported
   */
  public static Digest parse(String text) {
    // The longest legal digest is far shorter than this; the pattern never sees a hostile length.
    if (text.length() > LONGEST_QUOTED || !GRAMMAR.matcher(text).matches()) {
      throw InvalidDigestException.malformed(
          quotable(text), "a digest reads algorithm:encoded, as in sha256:<64 hex digits>");
    }
    int colon = text.indexOf(':');
    return new Digest(DigestAlgorithm.of(text.substring(0, colon)), text.substring(colon + 1));
  }

  /** The digest that a finished computation yields; the computation is reset. */
  public static Digest of(DigestAlgorithm algorithm, MessageDigest computation) {
    return new Digest(algorithm, HexFormat.of().formatHex(computation.digest()));
  }

  /** The digest of a buffer's remaining bytes; the buffer's position stays. */
  public static Digest of(DigestAlgorithm algorithm, ByteBuffer content) {
    MessageDigest computation = algorithm.newMessageDigest();
    computation.update(content.duplicate());
    return of(algorithm, computation);
  }

  /** The canonical (SHA-256) digest of a buffer's remaining bytes; its position stays. */
  public static Digest canonical(ByteBuffer content) {
    return of(DigestAlgorithm.SHA256, content);
  }

  /** Whether this digest is of the canonical algorithm. */
  public boolean isCanonical() {
    return algorithm == DigestAlgorithm.SHA256;
  }

  @Override
  public int compareTo(Digest other) {
    int byAlgorithm = algorithm.compareTo(other.algorithm);
    return byAlgorithm != 0 ? byAlgorithm : hex.compareTo(other.hex);
  }

  /** The digest as it is written everywhere, {@code algorithm:hex}. */
  @Override
  public String toString() {
    return algorithm.token() + ":" + hex;
  }

  private static boolean isLowerHex(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return false;
      }
    }
    return true;
  }

  private static String quotable(String text) {
    return text.length() <= LONGEST_QUOTED ? text : text.substring(0, LONGEST_QUOTED) + "…";
  }
}

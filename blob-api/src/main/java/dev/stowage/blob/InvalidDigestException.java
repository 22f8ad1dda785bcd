package dev.stowage.blob;

import dev.stowage.ErrorKind;
import dev.stowage.StowageException;
import java.util.Optional;

/** The text is not a digest, or the bytes are not those that a digest names. */
public final class InvalidDigestException extends StowageException {
  private static final long serialVersionUID = 1L;

  private final String reason;
  private final transient Optional<Digest> expected;
  private final transient Optional<Digest> actual;

  private InvalidDigestException(
      String message, String reason, Optional<Digest> expected, Optional<Digest> actual) {
    super(ErrorKind.DIGEST_INVALID, message);
    this.reason = reason;
    this.expected = expected;
    this.actual = actual;
  }

  /**
   * Text that is no digest.
   *
   * @param text what was given
   * @param reason what a digest looks like
   */
  public static InvalidDigestException malformed(String text, String reason) {
    return new InvalidDigestException(
        "not a digest: \"" + text + "\"; " + reason, reason, Optional.empty(), Optional.empty());
  }

  /** A digest that is missing where there has to be one. */
  public static InvalidDigestException missing(String reason) {
    return new InvalidDigestException(
        "no digest: " + reason, reason, Optional.empty(), Optional.empty());
  }

  /** Bytes that have another digest than the one they were announced by. */
  public static InvalidDigestException mismatch(Digest expected, Digest actual) {
    return new InvalidDigestException(
        "the content's digest is " + actual + ", expected was " + expected,
        "the content has another digest",
        Optional.of(expected),
        Optional.of(actual));
  }

  /** What is wrong with it, in general. */
  public String reason() {
    return reason;
  }

  /** The digest that the caller announced, where there was one. */
  public Optional<Digest> expected() {
    return expected;
  }

  /** The digest that the bytes have, where there were any. */
  public Optional<Digest> actual() {
    return actual;
  }
}

package dev.stowage.blob;

import dev.stowage.ErrorKind;
import dev.stowage.StowageException;

/** The bytes are more or fewer than was announced. */
public final class InvalidLengthException extends StowageException {
  private static final long serialVersionUID = 1L;

  private final long expected;
  private final long actual;

  /**
   * A refusal for a length.
   *
   * @param expected the announced number of bytes
   * @param actual the number that came; where more came than expected, as many as were read
   */
  public InvalidLengthException(long expected, long actual) {
    super(
        ErrorKind.LENGTH_INVALID,
        "the content has " + actual + " bytes, expected were " + expected);
    this.expected = expected;
    this.actual = actual;
  }

  /** The announced number of bytes. */
  public long expected() {
    return expected;
  }

  /** The number of bytes that came. */
  public long actual() {
    return actual;
  }
}

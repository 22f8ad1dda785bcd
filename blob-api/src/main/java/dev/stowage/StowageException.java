package dev.stowage;

/**
 * A refusal: the caller did something wrong, or what was asked for is not there.
 *
 * <p>The store is unchanged by a refused operation. What the medium does wrong (disk, database) is
 * a {@link java.io.IOException} and never one of these. The message says what was wrong and what
 * was expected, and may be shown to whoever asked; it holds no path and no secret.
 */
public abstract class StowageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorKind kind;

  /**
   * A refusal.
   *
   * @param kind why, in general
   * @param message what was wrong and what was expected, for the caller's eyes
   */
  protected StowageException(ErrorKind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /** Why the operation was refused. */
  public final ErrorKind kind() {
    return kind;
  }

  /** The message, which a refusal always has. */
  @Override
  public final String getMessage() {
    return String.valueOf(super.getMessage());
  }
}

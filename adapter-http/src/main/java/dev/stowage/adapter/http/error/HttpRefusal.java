package dev.stowage.adapter.http.error;

/**
 * A refusal of a request for what it is as HTTP, before the registry was asked; or one that only
 * HTTP has a word for, such as a range that cannot be satisfied.
 */
public final class HttpRefusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient ErrorAnswer answer;

  /** A refusal with an answer. */
  public HttpRefusal(ErrorAnswer answer) {
    super(answer.message(), null, false, false);
    this.answer = answer;
  }

  /** A refusal with a status, a code and what was wrong. */
  public static HttpRefusal of(int status, OciCode code, String message) {
    return new HttpRefusal(ErrorAnswer.of(status, code, message));
  }

  /** A refusal of a request that is not understood: 400. */
  public static HttpRefusal malformed(String message) {
    return of(400, OciCode.UNSUPPORTED, message);
  }

  /** What the client is told. */
  public ErrorAnswer answer() {
    return answer;
  }
}

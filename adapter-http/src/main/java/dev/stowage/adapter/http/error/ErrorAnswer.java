package dev.stowage.adapter.http.error;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a client is told when its request is not fulfilled.
 *
 * @param status the status code (RFC 9110, section 15)
 * @param code the code in the body
 * @param message what was wrong and what was expected
 * @param detail the facts of the case by name, in their order
 */
public record ErrorAnswer(int status, OciCode code, String message, Map<String, String> detail) {
  /** Copies the detail. */
  public ErrorAnswer {
    detail = Collections.unmodifiableMap(new LinkedHashMap<>(detail));
  }

  /** An answer without detail. */
  public static ErrorAnswer of(int status, OciCode code, String message) {
    return new ErrorAnswer(status, code, message, Map.of());
  }

  /** This answer with one more fact. */
  ErrorAnswer with(String name, Object fact) {
    Map<String, String> more = new LinkedHashMap<>(detail);
    more.put(name, fact.toString());
    return new ErrorAnswer(status, code, message, more);
  }
}

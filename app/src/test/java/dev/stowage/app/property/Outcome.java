package dev.stowage.app.property;

import dev.stowage.ErrorKind;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What became of a request on an upload.
 *
 * @param refusal why it was refused, if it was
 * @param size how many bytes the upload holds, where the answer says it
 */
record Outcome(Optional<ErrorKind> refusal, OptionalLong size) {
  static Outcome done(long size) {
    return new Outcome(Optional.empty(), OptionalLong.of(size));
  }

  static Outcome done() {
    return new Outcome(Optional.empty(), OptionalLong.empty());
  }

  static Outcome refused(ErrorKind kind) {
    return new Outcome(Optional.of(kind), OptionalLong.empty());
  }

  static Outcome refused(ErrorKind kind, long size) {
    return new Outcome(Optional.of(kind), OptionalLong.of(size));
  }

  /** Whether both can be true. */
  boolean agreesWith(Outcome other) {
    return refusal.equals(other.refusal)
        && (size.isEmpty() || other.size.isEmpty() || size.equals(other.size));
  }
}

package dev.stowage.adapter.rocksdb;

import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells, once, that a database that is open cannot be written to any more. It may be raised before
 * anybody listens. Safe for use by any number of threads.
 */
final class Alarm {
  private @Nullable String reason;
  private final Consumer<String> listener;

  Alarm(Consumer<String> listener) {
    this.listener = listener;
  }

  /** An alarm that nobody hears. */
  static Alarm unheard() {
    return new Alarm(reason -> {});
  }

  void raise(String what) {
    synchronized (this) {
      if (reason != null) {
        return;
      }
      reason = what;
    }
    listener.accept(what);
  }

  /** Why it was raised, if it was. */
  synchronized Optional<String> reason() {
    return Optional.ofNullable(reason);
  }
}

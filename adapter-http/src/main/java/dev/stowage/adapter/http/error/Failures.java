package dev.stowage.adapter.http.error;

import dev.stowage.StowageException;
import dev.stowage.adapter.http.transfer.BodyFailedException;
import dev.stowage.spi.NoSpaceException;
import dev.stowage.spi.StoreReadOnlyException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.jetty.http.HttpException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything that can be thrown while a request is served, as an answer.
 *
 * <p>What the client did wrong is told to the client and nobody else. What went wrong on this side
 * is logged, once, under an id that the client is told: the answer itself says nothing of the
 * cause.
 */
public final class Failures {
  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);
  private static final int DEEPEST_CAUSE = 16;

  private Failures() {}

  /**
   * The answer to a failure.
   *
   * @param failure what was thrown
   * @param request the request's method and path, for the log
   */
  public static ErrorAnswer answer(Throwable failure, String request) {
    if (failure instanceof HttpRefusal refusal) {
      return refusal.answer();
    }
    if (failure instanceof StowageException refusal) {
      return Refusals.answer(refusal);
    }
    if (cause(failure, BodyFailedException.class) instanceof BodyFailedException body) {
      return ErrorAnswer.of(
          body.getCause() instanceof HttpException bad && bad.getCode() < 500
              ? bad.getCode()
              : body.status(),
          OciCode.BLOB_UPLOAD_INVALID,
          "the request's body did not arrive as announced");
    }
    String id = UUID.randomUUID().toString();
    Optional<ErrorAnswer> waiting = ofWaitingMedium(failure);
    if (waiting.isPresent()) {
      // One line: the medium tells its own story, and every client that comes meanwhile hears this.
      LOG.warn("{} is refused (request {}): {}", request, id, failure.toString());
      return waiting.get().with("request", id);
    }
    LOG.error("{} failed (request {})", request, id, failure);
    return ofMedium(failure).with("request", id);
  }

  /** The answer where the medium will take changes again, and says so. */
  private static Optional<ErrorAnswer> ofWaitingMedium(Throwable failure) {
    if (cause(failure, NoSpaceException.class) != null) {
      return Optional.of(
          ErrorAnswer.of(
              507,
              OciCode.UNAVAILABLE,
              "the registry's storage is full: nothing is taken in until there is space again;"
                  + " what is stored can be read and deleted"));
    }
    if (cause(failure, StoreReadOnlyException.class) != null) {
      return Optional.of(
          ErrorAnswer.of(
              503,
              OciCode.UNAVAILABLE,
              "the registry's storage takes no changes until it has recovered;"
                  + " what is stored can be read"));
    }
    return Optional.empty();
  }

  private static ErrorAnswer ofMedium(Throwable failure) {
    if (failure instanceof ClosedByInterruptException
        || failure instanceof InterruptedIOException) {
      return ErrorAnswer.of(503, OciCode.UNAVAILABLE, "the registry is stopping");
    }
    if (failure instanceof IOException) {
      String message = String.valueOf(failure.getMessage());
      if (message.contains("Too many open files")) {
        return ErrorAnswer.of(503, OciCode.UNAVAILABLE, "the registry is overloaded");
      }
      return ErrorAnswer.of(500, OciCode.UNAVAILABLE, "the registry's storage failed");
    }
    return ErrorAnswer.of(500, OciCode.UNKNOWN, "the registry failed");
  }

  private static @Nullable Throwable cause(Throwable failure, Class<? extends Throwable> type) {
    Throwable next = failure;
    for (int depth = 0; next != null && depth < DEEPEST_CAUSE; depth++) {
      if (type.isInstance(next)) {
        return next;
      }
      next = next.getCause();
    }
    return null;
  }
}

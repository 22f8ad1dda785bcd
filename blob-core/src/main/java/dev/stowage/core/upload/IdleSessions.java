package dev.stowage.core.upload;

import dev.stowage.blob.UploadId;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The sessions that no request uses, least lately used first: a bounded number with their channels,
 * and a bounded number more with their digests only.
 */
final class IdleSessions {
  private static final int DIGESTS_KEPT = 4096;

  private final int channelsKept;
  private final Map<UploadId, UploadSession> open = new LinkedHashMap<>();
  private final Map<UploadId, UploadSession> parked = new LinkedHashMap<>();

  /** What has to make room: a session to give up its channel, and one to be given up. */
  record Surplus(Optional<UploadSession> toPark, Optional<UploadSession> toRetire) {}

  IdleSessions(int channelsKept) {
    this.channelsKept = channelsKept;
  }

  /** Adds the session that was used last. The caller does what the surplus says. */
  synchronized Surplus add(UploadSession session) {
    open.put(session.id(), session);
    Optional<UploadSession> toPark = takeEldest(open, channelsKept);
    toPark.ifPresent(eldest -> parked.put(eldest.id(), eldest));
    return new Surplus(toPark, takeEldest(parked, DIGESTS_KEPT));
  }

  synchronized void remove(UploadSession session) {
    open.remove(session.id(), session);
    parked.remove(session.id(), session);
  }

  private static Optional<UploadSession> takeEldest(
      Map<UploadId, UploadSession> sessions, int kept) {
    if (sessions.size() <= kept) {
      return Optional.empty();
    }
    Iterator<UploadSession> eldest = sessions.values().iterator();
    UploadSession taken = eldest.next();
    eldest.remove();
    return Optional.of(taken);
  }
}

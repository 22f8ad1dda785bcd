package dev.stowage.maintenance;

import java.io.IOException;

/**
 * Compares what is stored with what was stored: each byte with its digest, each fact with the
 * bytes, and each piece of bytes with the facts. Clients may push, pull and delete meanwhile; what
 * comes or goes during a round is no finding.
 *
 * <p>A blob whose bytes are damaged is put in quarantine: it is unknown to everybody until it is
 * pushed again, to whichever repository. One whose bytes are sound again is let out.
 */
public interface Scrubber {
  /**
   * Looks at everything once.
   *
   * @param options how
   * @param progress hears how far it has come, about every second
   * @throws IOException if the facts cannot be read or written, or the progress ends it; what was
   *     done until then stays done
   */
  ScrubReport scrub(ScrubOptions options, Progress progress) throws IOException;
}

package dev.stowage.maintenance;

import java.io.IOException;

/**
 * Cancels uploads that nobody has touched for a time, counted while the store is open and anew each
 * time that it is opened. To write to an upload touches it, and so does to ask how far it is. An
 * upload that a request is using is never cancelled. Safe for use by many threads.
 */
public interface UploadExpiry {
  /**
   * Cancels what has expired and frees its bytes.
   *
   * @throws IOException if the facts cannot be read or written. Bytes of a cancelled upload that
   *     cannot be removed are no failure: they go when the store is next opened
   */
  UploadExpiryReport expire() throws IOException;
}

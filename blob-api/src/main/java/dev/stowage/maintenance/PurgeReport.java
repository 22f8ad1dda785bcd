package dev.stowage.maintenance;

import java.util.List;

/**
 * What a purge did.
 *
 * @param holds how many deleted manifests can be restored no longer
 * @param links how many links to blobs were removed, held ones not counted
 * @param blobs how many blobs are gone
 * @param bytes how many bytes those had
 * @param kept what is still there, and what refers to it, in plain words
 */
public record PurgeReport(long holds, long links, long blobs, long bytes, List<String> kept) {
  /** Copies the list. */
  public PurgeReport {
    kept = List.copyOf(kept);
  }
}

package dev.stowage.maintenance;

import java.util.List;

/**
 * What an import has taken in.
 *
 * @param source where it came from
 * @param repositories how many repositories got something
 * @param tags how many tags were set
 * @param manifests how many manifests are here now that the source has
 * @param blobs how many blobs are here now that the source has
 * @param copied how many bytes had to be copied for that
 * @param failures what was left out
 */
public record ImportReport(
    String source,
    long repositories,
    long tags,
    long manifests,
    long blobs,
    long copied,
    List<Failure> failures) {
  /** Copies the list. */
  public ImportReport {
    failures = List.copyOf(failures);
  }

  /**
   * Something that was left out.
   *
   * @param what its repository and name
   * @param why what is wrong with it
   */
  public record Failure(String what, String why) {}
}

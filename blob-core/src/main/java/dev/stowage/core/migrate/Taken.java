package dev.stowage.core.migrate;

import dev.stowage.maintenance.ImportReport;
import dev.stowage.maintenance.Progress;
import dev.stowage.registry.RepositoryName;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What one import has taken in so far. Used by one thread. */
final class Taken {
  private static final int FAILURES_LISTED = 10_000;

  private final Progress progress;
  private final Set<RepositoryName> repositories = new HashSet<>();
  private final List<ImportReport.Failure> failures = new ArrayList<>();
  private long tags;
  private long manifests;
  private long blobs;
  private long copied;

  Taken(Progress progress) {
    this.progress = progress;
  }

  void manifest(RepositoryName repository, boolean first, int withTags, String name)
      throws IOException {
    repositories.add(repository);
    manifests += first ? 1 : 0;
    tags += withTags;
    progress.tell("manifest " + name + " of " + repository);
  }

  void blob(RepositoryName repository, long bytesCopied, String name) throws IOException {
    repositories.add(repository);
    blobs++;
    copied += bytesCopied;
    progress.tell("blob " + name + " of " + repository);
  }

  /** A blob's bytes as they are copied. */
  ReadableByteChannel watching(ReadableByteChannel content, String name) {
    return new WatchedChannel(content, "blob " + name, progress);
  }

  void failed(String what, Exception why) {
    failed(what, String.valueOf(why.getMessage()));
  }

  void failed(String what, String why) {
    if (failures.size() < FAILURES_LISTED) {
      failures.add(new ImportReport.Failure(what, why));
    }
  }

  ImportReport report(Path source) {
    return new ImportReport(
        source.toString(), repositories.size(), tags, manifests, blobs, copied, failures);
  }
}

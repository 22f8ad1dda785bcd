package dev.stowage.maintenance;

import dev.stowage.blob.Digest;
import dev.stowage.registry.RepositoryName;
import dev.stowage.registry.Tag;
import java.util.List;

/**
 * What an export has written.
 *
 * @param repository where it came from
 * @param target where it is
 * @param tags the tags whose names are in the layout
 * @param manifests how many manifests it has
 * @param blobs how many blobs it has
 * @param bytes how many bytes both are
 * @param missing what manifests refer to and the repository does not hold; layers that registries
 *     need not hold are not counted
 */
public record ExportReport(
    RepositoryName repository,
    String target,
    List<Tag> tags,
    long manifests,
    long blobs,
    long bytes,
    List<Digest> missing) {
  /** Copies the lists. */
  public ExportReport {
    tags = List.copyOf(tags);
    missing = List.copyOf(missing);
  }
}

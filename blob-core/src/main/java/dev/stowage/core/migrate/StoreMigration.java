package dev.stowage.core.migrate;

import dev.stowage.maintenance.ExportReport;
import dev.stowage.maintenance.ImportReport;
import dev.stowage.maintenance.Migration;
import dev.stowage.maintenance.Progress;
import dev.stowage.registry.Reference;
import dev.stowage.registry.Registry;
import dev.stowage.registry.RepositoryName;
import dev.stowage.registry.Tag;
import dev.stowage.spi.ContentFiles;
import dev.stowage.spi.DistributionSource;
import dev.stowage.spi.LayoutDocuments;
import dev.stowage.spi.LayoutSource;
import dev.stowage.spi.LayoutTarget;
import dev.stowage.spi.ManifestReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Migration of a registry that is in use, through the doors that every client comes by.
 *
 * @param registry the registry
 * @param reader reads its manifests
 * @param files opens files
 * @param documents reads and writes the documents of layouts
 */
public record StoreMigration(
    Registry registry, ManifestReader reader, ContentFiles files, LayoutDocuments documents)
    implements Migration {
  @Override
  public ExportReport export(
      RepositoryName repository, Optional<Reference> reference, Path target, Progress progress)
      throws IOException {
    try (LayoutTarget layout = files.createLayout(target)) {
      LayoutExport export =
          new LayoutExport(
              registry.repository(repository),
              reader,
              documents,
              layout,
              new EverySecond(progress));
      if (reference.isPresent()) {
        export.one(reference.get());
      } else {
        export.all();
      }
      return export.finish(target);
    }
  }

  @Override
  public ImportReport importLayout(
      Path source, RepositoryName repository, Optional<Tag> tag, Progress progress)
      throws IOException {
    try (LayoutSource layout = files.openLayout(source)) {
      Taken taken = new Taken(new EverySecond(progress));
      new LayoutImport(registry.repository(repository), reader, documents, layout, taken).run(tag);
      return taken.report(source);
    }
  }

  @Override
  public ImportReport importDistribution(Path root, Progress progress) throws IOException {
    try (DistributionSource source = files.openDistribution(root)) {
      Taken taken = new Taken(new EverySecond(progress));
      new DistributionImport(registry, reader, documents, source, taken).run();
      return taken.report(root);
    }
  }
}

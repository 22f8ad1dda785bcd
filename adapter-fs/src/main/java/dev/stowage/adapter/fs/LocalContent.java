package dev.stowage.adapter.fs;

import dev.stowage.spi.ContentFiles;
import dev.stowage.spi.DistributionSource;
import dev.stowage.spi.LayoutSource;
import dev.stowage.spi.LayoutTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Content in files and directories of this machine. */
public final class LocalContent implements ContentFiles {
  @Override
  public LayoutSource openLayout(Path source) throws IOException {
    return Files.isDirectory(source) ? new DirectoryLayout(source) : TarLayout.open(source);
  }

  @Override
  public LayoutTarget createLayout(Path target) throws IOException {
    return target.toString().endsWith(".tar")
        ? TarTarget.create(target)
        : DirectoryTarget.create(target);
  }

  @Override
  public DistributionSource openDistribution(Path root) throws IOException {
    return DistributionDirectory.open(root);
  }

  /** Whether something has a name, be it a link that leads nowhere. */
  static boolean isTaken(Path path) {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
  }
}

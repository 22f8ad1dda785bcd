package dev.stowage.spi;

import java.io.IOException;
import java.nio.file.Path;

/** Content in files of other programs, taken in and given out. Safe for use by any thread. */
public interface ContentFiles {
  /**
   * Opens an OCI image layout: a directory, or a tar archive, of which nothing is trusted.
   *
   * @throws IOException if it cannot be read, or is an archive that nobody well-meaning would make
   */
  LayoutSource openLayout(Path source) throws IOException;

  /**
   * Begins an OCI image layout: a tar archive where the name ends in {@code .tar}, else a
   * directory.
   *
   * @throws IOException if there is something of that name, or it cannot be made
   */
  LayoutTarget createLayout(Path target) throws IOException;

  /**
   * Opens a store of the distribution registry.
   *
   * @param root the directory that the registry was configured with
   * @throws IOException if it is none
   */
  DistributionSource openDistribution(Path root) throws IOException;
}

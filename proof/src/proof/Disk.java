package proof;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** Where the server keeps its data, and what a cut leaves of it. */
interface Disk extends AutoCloseable {
  /** The data directory, until the next cut. */
  Path data();

  /** What the server's environment needs beyond this process's. */
  Map<String, String> environment();

  /** The settings that the server needs for this. */
  List<String> settings();

  /** Whether what was written and not forced is still there after a cut. */
  boolean keepsWhatWasNotForced();

  /**
   * Kills the server and makes the data directory what the cut leaves of it.
   *
   * @return what was acknowledged before this time has to be there
   */
  long cut(Server server) throws IOException;

  @Override
  void close() throws IOException;

  /** The disk that the options name. */
  static Disk of(Options options) throws IOException {
    return switch (options.disk()) {
      case "kept" -> new KeptDisk(options.work().resolve("disk"));
      case "strict" -> new StrictDisk(options.work(), options.shim(), Optional.empty());
      case "torn" ->
          new StrictDisk(
              options.work(), options.shim(), Optional.of(new SplittableRandom(options.seed())));
      default -> new LoopDisk(options.work(), List.of(options.disk().split(",")));
    };
  }
}

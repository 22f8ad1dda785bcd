package dev.stowage.app.command;

import dev.stowage.app.operation.ContentName;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Takes content in. */
@Command(
    name = "import",
    customSynopsis = {
      "stowage import [--data DIR] [--set KEY=VALUE]... SOURCE REPO[:TAG]",
      "       stowage import [--data DIR] [--set KEY=VALUE]... --from-distribution DIR"
    },
    description = {
      "Takes in an OCI image layout, or all that the file system store of the distribution registry"
          + " holds. Every digest is checked; all of it may be done again.",
      "The exit status is 1 if something was left out."
    },
    mixinStandardHelpOptions = true)
final class Import extends StoreCommand {
  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "SOURCE",
      description = "The layout: a directory or a tar archive.")
  private @Nullable Path source;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "REPO[:TAG]",
      description =
          "Where it goes. Without a tag, all that its index lists, tagged as it is named there.")
  private @Nullable String name;

  @Option(
      names = "--from-distribution",
      paramLabel = "DIR",
      description =
          "The root directory of a distribution registry, to which nobody writes meanwhile.")
  private @Nullable Path distribution;

  @Spec private @Nullable CommandSpec spec;

  @Override
  boolean makesDirectory() {
    return true;
  }

  @Override
  Map<String, String> arguments() {
    if (distribution != null && source == null && name == null) {
      return Map.of("distribution", absolute(distribution));
    }
    if (distribution != null || source == null || name == null) {
      throw wrong("either SOURCE and REPO[:TAG] are given, or --from-distribution");
    }
    ContentName parsed = ContentName.parse(name);
    if (parsed.reference().isPresent() && parsed.tag().isEmpty()) {
      throw wrong("a layout is imported under a tag, not under a digest");
    }
    return Map.of("source", absolute(source), "name", parsed.toString());
  }

  private ParameterException wrong(String what) {
    return new ParameterException(Objects.requireNonNull(spec).commandLine(), what);
  }

  private static String absolute(Path path) {
    return path.toAbsolutePath().normalize().toString();
  }
}

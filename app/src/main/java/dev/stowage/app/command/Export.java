package dev.stowage.app.command;

import dev.stowage.app.operation.ContentName;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Writes content as an OCI image layout. */
@Command(
    name = "export",
    description = {
      "Writes an OCI image layout: of one image, or of all tags of a repository with their"
          + " referrers.",
      "The exit status is 1 if something that a manifest refers to is not here."
    },
    mixinStandardHelpOptions = true)
final class Export extends StoreCommand {
  @Parameters(index = "0", paramLabel = "REPO[:TAG|@DIGEST]", description = "What is written.")
  private String name = "";

  @Parameters(
      index = "1",
      paramLabel = "TARGET",
      description = "The layout, made anew: a tar archive if it ends in .tar, else a directory.")
  private Path target = Path.of("");

  @Override
  Map<String, String> arguments() {
    return Map.of(
        "name",
        ContentName.parse(name).toString(),
        "target",
        target.toAbsolutePath().normalize().toString());
  }
}

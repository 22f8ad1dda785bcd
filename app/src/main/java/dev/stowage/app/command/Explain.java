package dev.stowage.app.command;

import dev.stowage.app.operation.ContentName;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Says why something is kept. */
@Command(
    name = "explain",
    description = {
      "Says why a tag, a manifest or a blob is kept: by which tags, manifests, policies, leases",
      "and holds; or when and why it will go."
    },
    mixinStandardHelpOptions = true)
final class Explain extends StoreCommand {
  @Parameters(index = "0", paramLabel = "REPO[:TAG|@DIGEST]", description = "What is explained.")
  private String name = "";

  @Override
  Map<String, String> arguments() {
    return Map.of("name", ContentName.parse(name).toString());
  }
}

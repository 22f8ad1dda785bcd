package dev.stowage.app.command;

import dev.stowage.app.operation.ContentName;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Ends for good what was deleted. */
@Command(
    name = "purge",
    description = {
      "Ends, now, what only waits: deleted manifests that could be restored, and blobs that no",
      "manifest refers to. Their bytes are gone when it returns, as a leaked secret must be.",
      "What is still referred to stays, and is told; for a digest the exit status is 1 then."
    },
    mixinStandardHelpOptions = true)
final class Purge extends StoreCommand {
  @Parameters(index = "0", paramLabel = "REPO[@DIGEST]", description = "What is purged.")
  private String name = "";

  @Spec private @Nullable CommandSpec spec;

  @Override
  Map<String, String> arguments() {
    ContentName content = ContentName.parse(name);
    if (content.tag().isPresent()) {
      throw wrong("expected REPO or REPO@DIGEST, not a tag");
    }
    return Map.of("name", content.toString());
  }

  private ParameterException wrong(String what) {
    return new ParameterException(Objects.requireNonNull(spec).commandLine(), what);
  }
}

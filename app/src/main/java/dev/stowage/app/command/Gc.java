package dev.stowage.app.command;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Removes what nothing refers to. */
@Command(
    name = "gc",
    description = {
      "Removes what nothing refers to any more and whose time is over (gc.grace, gc.lease,"
          + " untagged.expiry, retention.rules).",
      "Without a running server it first waits for one lease, since somebody may have been told"
          + " that something is here; --set gc.lease=0s skips that."
    },
    mixinStandardHelpOptions = true)
final class Gc extends StoreCommand {
  @Option(
      names = "--dry-run",
      description = "Say what would be removed, and why, and remove nothing.")
  private boolean dryRun;

  @Override
  Map<String, String> arguments() {
    return Map.of("dry-run", Boolean.toString(dryRun));
  }
}

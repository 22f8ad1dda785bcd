package dev.stowage.app.command;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Checks what is stored. */
@Command(
    name = "verify",
    description = {
      "Reads everything that is stored and compares it with its digests, and facts with bytes.",
      "Damaged blobs are put in quarantine until they are pushed again. The exit status is 0 if"
          + " all is well and 1 if something is wrong."
    },
    mixinStandardHelpOptions = true)
final class Verify extends StoreCommand {
  @Option(names = "--repair", description = "Delete bytes that nothing refers to.")
  private boolean repair;

  @Override
  Map<String, String> arguments() {
    return Map.of("repair", Boolean.toString(repair));
  }
}

package dev.stowage.app.command;

import dev.stowage.app.operation.ContentName;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Brings a tag or a deleted manifest back. */
@Command(
    name = "restore",
    description = {
      "Points a tag at what it pointed at before its last change, or at a time, and brings that",
      "manifest back if it was deleted; or brings a deleted manifest back, without its tags.",
      "What is not remembered any more (history.window), or was purged, is refused."
    },
    mixinStandardHelpOptions = true)
final class Restore extends StoreCommand {
  @Parameters(
      index = "0",
      paramLabel = "REPO:TAG|REPO@DIGEST",
      description = "What is brought back.")
  private String name = "";

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--at",
      paramLabel = "TIME",
      description = "The time whose state is restored, as in 2026-03-31T14:00:00Z.")
  private @Nullable String at;

  @Override
  Map<String, String> arguments() {
    ContentName content = ContentName.parse(name);
    if (content.reference().isEmpty() || (at != null && content.tag().isEmpty())) {
      throw wrong("expected REPO:TAG, or REPO@DIGEST and no time");
    }
    Map<String, String> arguments = new TreeMap<>();
    arguments.put("name", content.toString());
    if (at != null) {
      arguments.put("at", time(at));
    }
    return arguments;
  }

  private String time(String text) {
    try {
      return Instant.parse(text).toString();
    } catch (DateTimeParseException e) {
      throw wrong("\"" + text + "\" is no time; expected one as in 2026-03-31T14:00:00Z");
    }
  }

  private ParameterException wrong(String what) {
    return new ParameterException(Objects.requireNonNull(spec).commandLine(), what);
  }
}

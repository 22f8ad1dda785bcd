package dev.stowage.app.command;

import dev.stowage.app.operation.ContentName;
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

/** Tells what happened to tags and manifests. */
@Command(
    name = "history",
    description = {
      "Tells what happened to the tags and manifests of a repository, the last change first:",
      "what was done, when and by whom, as far back as history.window."
    },
    mixinStandardHelpOptions = true)
final class History extends StoreCommand {
  @Parameters(index = "0", paramLabel = "REPO[:TAG]", description = "What is told of.")
  private String name = "";

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--limit",
      paramLabel = "NUMBER",
      description = "How many changes are told (default 100).")
  private int limit = 100;

  @Option(
      names = "--before",
      paramLabel = "NUMBER",
      description = "Tell those before the change of this number.")
  private @Nullable Long before;

  @Override
  Map<String, String> arguments() {
    ContentName content = ContentName.parse(name);
    if (content.digest().isPresent() || limit < 1) {
      throw wrong("expected REPO or REPO:TAG, and a limit of at least 1");
    }
    Map<String, String> arguments = new TreeMap<>();
    arguments.put("name", content.toString());
    arguments.put("limit", Integer.toString(limit));
    if (before != null) {
      arguments.put("before", before.toString());
    }
    return arguments;
  }

  private ParameterException wrong(String what) {
    return new ParameterException(Objects.requireNonNull(spec).commandLine(), what);
  }
}

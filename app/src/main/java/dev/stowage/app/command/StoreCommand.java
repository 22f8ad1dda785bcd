package dev.stowage.app.command;

import dev.stowage.StowageException;
import dev.stowage.adapter.http.admin.Call;
import dev.stowage.adapter.http.admin.Outcome;
import dev.stowage.app.config.GivenSettings;
import dev.stowage.app.config.SettingException;
import dev.stowage.app.operation.Failure;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * A command that has something done to a data directory: by the server that runs on it, or by
 * itself where none does. The operation has the command's name.
 */
abstract class StoreCommand implements Callable<Integer> {
  private static final int FAILED = 1;
  private static final int USAGE = 2;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The data directory (data.dir; default ./data).")
  private @Nullable String data;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "A setting; may be given many times. A running server refuses one that it has otherwise.")
  private List<String> assignments = new ArrayList<>();

  @Option(names = "--json", description = "Print the report as JSON, for programs.")
  private boolean json;

  @Spec private @Nullable CommandSpec spec;

  /**
   * The operation's arguments, checked as far as they can be without the store.
   *
   * @throws StowageException if one makes no sense
   */
  abstract Map<String, String> arguments();

  /** Whether a data directory is made where there is none. */
  boolean makesDirectory() {
    return false;
  }

  @Override
  public final Integer call() {
    CommandSpec here = Objects.requireNonNull(spec);
    PrintWriter errors = here.commandLine().getErr();
    try {
      GivenSettings settings = settings();
      Call call = new Call(settings.besidesTheDirectory(), arguments());
      Outcome outcome =
          new Directory(settings, makesDirectory())
              .have(here.name(), call, line -> tell(errors, line));
      return print(outcome, here.commandLine().getOut(), errors);
    } catch (SettingException | StowageException e) {
      errors.println("stowage: " + e.getMessage());
      return USAGE;
    } catch (IOException e) {
      errors.println("stowage: " + Failure.inWords(e));
      return FAILED;
    }
  }

  private int print(Outcome outcome, PrintWriter out, PrintWriter errors) {
    String output = json ? outcome.report() : outcome.output();
    if (!output.isEmpty() && (outcome.errors().isEmpty() || !json)) {
      out.println(output);
    }
    if (!outcome.errors().isEmpty()) {
      errors.println(outcome.errors());
    }
    out.flush();
    errors.flush();
    return outcome.exit();
  }

  private static void tell(PrintWriter errors, String line) {
    errors.println(line);
    errors.flush();
  }

  private GivenSettings settings() throws SettingException {
    List<String> all = new ArrayList<>(assignments);
    if (data != null) {
      all.add("data.dir=" + data);
    }
    return GivenSettings.of(all);
  }
}

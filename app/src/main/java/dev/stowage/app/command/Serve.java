package dev.stowage.app.command;

import dev.stowage.app.config.GivenSettings;
import dev.stowage.app.config.SettingException;
import dev.stowage.app.config.Settings;
import dev.stowage.app.life.Termination;
import dev.stowage.app.operation.Failure;
import dev.stowage.app.wiring.Assembly;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the registry until it is told to end. */
@Command(
    name = "serve",
    description = "Serves the registry until it is told to end (SIGTERM or Ctrl-C).",
    mixinStandardHelpOptions = true)
final class Serve implements Callable<Integer> {
  private static final int FAILED = 1;
  private static final int USAGE = 2;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The data directory, made if it is not there (data.dir; default ./data).")
  private @Nullable String data;

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      description =
          "Where to listen (http.listen; default 127.0.0.1:5000). Port 0 takes a free one.")
  private @Nullable String listen;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "A setting; may be given many times. An unknown key tells the nearest known.")
  private List<String> assignments = new ArrayList<>();

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter errors = Objects.requireNonNull(spec).commandLine().getErr();
    GivenSettings settings;
    try {
      settings = settings();
    } catch (SettingException e) {
      errors.println("stowage: " + e.getMessage());
      return USAGE;
    }
    try {
      Assembly server = Assembly.start(settings);
      Termination.closes(server);
      errors.println(ready(server, settings.settings()));
    } catch (IOException e) {
      errors.println("stowage: " + Failure.inWords(e));
      return FAILED;
    }
    Termination.await();
    return 0;
  }

  private GivenSettings settings() throws SettingException {
    List<String> all = new ArrayList<>(assignments);
    if (data != null) {
      all.add("data.dir=" + data);
    }
    if (listen != null) {
      all.add("http.listen=" + listen);
    }
    return GivenSettings.of(all);
  }

  private static String ready(Assembly server, Settings settings) {
    Instant started = ProcessHandle.current().info().startInstant().orElseGet(Instant::now);
    return "ready "
        + server.uri()
        + " data "
        + settings.dataDir()
        + " after "
        + Duration.between(started, Instant.now()).toMillis()
        + " ms";
  }
}

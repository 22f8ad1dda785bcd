package dev.stowage.app.command;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program. */
@Command(
    name = "stowage",
    description = "An OCI registry: one process, one data directory.",
    mixinStandardHelpOptions = true,
    versionProvider = Stowage.Version.class,
    subcommands = {
      Serve.class,
      Gc.class,
      Verify.class,
      Export.class,
      Import.class,
      History.class,
      Restore.class,
      Purge.class,
      Explain.class,
      Rehearse.class
    })
public final class Stowage implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  private Stowage() {}

  /** Runs a command and exits with its status: 0, 1 for a failure, 2 for a wrong call. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new Stowage()).execute(args));
  }

  @Override
  public void run() {
    CommandSpec here = Objects.requireNonNull(spec);
    throw new ParameterException(here.commandLine(), "a command is missing, as in: stowage serve");
  }

  /** Says what is written in the JAR. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Stowage.class.getPackage().getImplementationVersion();
      return new String[] {"stowage " + (version == null ? "(not packaged)" : version)};
    }
  }
}

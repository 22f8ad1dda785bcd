package dev.stowage.app.clients;

import com.google.cloud.tools.jib.api.Jib;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import land.oras.Registry;

/** The clients of the matrix by their names, and what versions of them are here. */
final class ClientVersions {
  private static final Pattern VERSION = Pattern.compile("\\d+\\.\\d+\\.\\d+");
  private static final Map<String, Class<?>> LIBRARIES =
      Map.of("jib-core", Jib.class, "oras-java-sdk", Registry.class);

  private final Shell shell;

  ClientVersions(Shell shell) {
    this.shell = shell;
  }

  /** The program of that name; empty for a library, which the tests call without a command. */
  static Optional<ClientProgram> program(String client) {
    return Stream.of(ClientProgram.values())
        .filter(program -> program.name().toLowerCase(Locale.ROOT).equals(client))
        .findFirst();
  }

  /** Three numbers, without what a packager adds to them. */
  String of(String client) throws IOException, InterruptedException, URISyntaxException {
    Optional<ClientProgram> program = program(client);
    String said =
        program.isPresent()
            ? shell.run(program.get(), program.get().versionCommand())
            : jar(client).getFileName().toString();
    Matcher version = VERSION.matcher(said);
    if (!version.find()) {
      throw new IllegalStateException("no version of " + client + " in: " + said);
    }
    return version.group();
  }

  private static Path jar(String library) throws URISyntaxException {
    Class<?> part =
        Optional.<Class<?>>ofNullable(LIBRARIES.get(library))
            .orElseThrow(() -> new IllegalArgumentException("no client is called " + library));
    return Path.of(part.getProtectionDomain().getCodeSource().getLocation().toURI());
  }
}

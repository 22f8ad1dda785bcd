package dev.stowage.app.clients;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The skopeo program, which moves images unchanged between the registry and OCI layouts. */
final class Skopeo {
  /** The name of what {@link #pull} brings, inside its layout. */
  static final String COPY = "copy";

  private final ClientSetup setup;

  Skopeo(ClientSetup setup) {
    this.setup = setup;
  }

  /** Copies an image of a layout to the registry; the options are those of skopeo copy. */
  void push(OciLayout layout, String name, String image, String... options) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("copy", "--dest-tls-verify=false"));
    arguments.addAll(List.of(options));
    arguments.add("oci:" + layout.directory() + ":" + name);
    arguments.add(remote(image));
    run(arguments.toArray(String[]::new));
  }

  /** Copies an image of the registry to a new layout. */
  OciLayout pull(String image, String... options) throws Exception {
    OciLayout layout = new OciLayout(setup.scratch("pull"));
    List<String> arguments = new ArrayList<>(List.of("copy", "--src-tls-verify=false"));
    arguments.addAll(List.of(options));
    arguments.add(remote(image));
    arguments.add("oci:" + layout.directory() + ":" + COPY);
    run(arguments.toArray(String[]::new));
    return layout;
  }

  /** The digest of a manifest's bytes as the registry sends them. */
  String digest(String image) throws IOException, InterruptedException {
    Shell.Outcome outcome =
        setup.shell().attempt(command("inspect", "--raw", "--tls-verify=false", remote(image)));
    if (outcome.exitCode() != 0) {
      throw new AssertionError(outcome.toString());
    }
    return Sha256.of(outcome.stdout().getBytes(UTF_8));
  }

  /** Runs any command of skopeo that has to succeed. */
  String run(String... arguments) throws IOException, InterruptedException {
    return setup.shell().run(command(arguments));
  }

  Shell.Outcome attempt(String... arguments) throws IOException, InterruptedException {
    return setup.shell().attempt(command(arguments));
  }

  String remote(String image) {
    return "docker://" + setup.registry().image(image);
  }

  private static String[] command(String... arguments) {
    List<String> command =
        new ArrayList<>(List.of(ClientProgram.SKOPEO.path(), "--insecure-policy"));
    command.addAll(List.of(arguments));
    return command.toArray(String[]::new);
  }
}

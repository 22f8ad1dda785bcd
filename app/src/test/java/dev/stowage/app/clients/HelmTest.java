package dev.stowage.app.clients;

import static dev.stowage.app.clients.ClientProgram.HELM;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Charts that helm keeps in the registry. No command needs a cluster. */
@ClientTest(HELM)
class HelmTest {
  private final ClientSetup setup;

  HelmTest(ClientSetup setup) {
    this.setup = setup;
  }

  @BeforeAll
  void pushTwoVersions() throws Exception {
    push("0.1.0");
    push("0.2.0");
  }

  @Test
  @Cells({"helm push", "helm pull"})
  void pullsTheChartThatItPushed() throws Exception {
    Path archive = push("0.3.0");
    Path out = setup.scratch("helm");

    remote("pull", "--version=0.3.0", "--destination=" + out, chart());

    assertEquals(-1, Files.mismatch(archive, out.resolve("greeter-0.3.0.tgz")));
  }

  @Test
  @Cells({"helm show chart", "helm show values", "helm show all"})
  void showsAChart() throws Exception {
    assertTrue(remote("show", "chart", "--version=0.1.0", chart()).contains("version: 0.1.0"));
    assertTrue(remote("show", "values", "--version=0.1.0", chart()).contains("greeting: hello"));
    assertTrue(remote("show", "all", "--version=0.2.0", chart()).contains("version: 0.2.0"));
  }

  @Test
  @Cells("helm template")
  void rendersTheNewestChartOfARange() throws Exception {
    String rendered =
        remote("template", "--version=<0.3.0", "--set=greeting=hi", "release", chart());

    assertTrue(rendered.contains("greeting: hi"), rendered);
    assertTrue(rendered.contains("chart: 0.2.0"), rendered);
  }

  @Test
  @Cells("helm install --dry-run=client")
  void wouldInstallAChart() throws Exception {
    String installed = remote("install", "--dry-run=client", "--version=0.1.0", "release", chart());

    assertTrue(installed.contains("chart: 0.1.0"), installed);
  }

  @Test
  @Cells({"helm dependency update", "helm dependency build"})
  void findsADependencyInTheRegistry() throws Exception {
    Path parent = setup.scratch("helm");
    Files.writeString(
        parent.resolve("Chart.yaml"),
        """
        apiVersion: v2
        name: parent
        version: 1.0.0
        dependencies:
        - name: greeter
          version: "0.1.x"
          repository: oci://%s
        """
            .formatted(setup.registry().image("charts")));
    Path dependency = parent.resolve("charts/greeter-0.1.0.tgz");

    remote("dependency", "update", parent.toString());
    Files.delete(dependency);
    remote("dependency", "build", parent.toString());

    assertTrue(Files.exists(dependency));
  }

  /** Packages and pushes a chart of this version. */
  private Path push(String version) throws Exception {
    Path chart = setup.scratch("helm");
    Files.writeString(
        chart.resolve("Chart.yaml"), "apiVersion: v2\nname: greeter\nversion: " + version + "\n");
    Files.writeString(chart.resolve("values.yaml"), "greeting: hello\n");
    Files.writeString(
        Files.createDirectory(chart.resolve("templates")).resolve("greeting.yaml"),
        """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: {{ .Release.Name }}
        data:
          greeting: {{ .Values.greeting }}
          chart: {{ .Chart.Version }}
        """);
    Path out = setup.scratch("helm");
    setup.shell().run(HELM, "package", "--destination=" + out, chart.toString());
    Path archive = out.resolve("greeter-" + version + ".tgz");
    remote("push", archive.toString(), "oci://" + setup.registry().image("charts"));
    return archive;
  }

  private String chart() {
    return "oci://" + setup.registry().image("charts/greeter");
  }

  private String remote(String... arguments) throws Exception {
    return setup
        .shell()
        .run(
            HELM,
            Stream.concat(Stream.of(arguments), Stream.of("--plain-http")).toArray(String[]::new));
  }
}

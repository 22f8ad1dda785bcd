package dev.stowage.app.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.lang.EvaluationResult;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule finds the code that breaks it. */
class RuleTest {
  @TempDir Path directory;

  /** Code that breaks a rule: the first type does it, the others are what it needs. */
  record Offence(Rule rule, String culprit, List<String> sources) {
    @Override
    public String toString() {
      return rule + " against " + sources.get(0);
    }
  }

  @ParameterizedTest
  @MethodSource("offences")
  void findsAnOffence(Offence offence) throws Exception {
    EvaluationResult result =
        offence.rule().rule().evaluate(ForeignCode.besideTheApi(directory, offence.sources()));
    assertTrue(
        result.getFailureReport().getDetails().stream()
            .anyMatch(line -> line.contains(offence.culprit())),
        () -> "found nothing but " + result.getFailureReport());
  }

  @Test
  void isProvenToFailForEachRule() {
    assertEquals(
        EnumSet.allOf(Rule.class),
        offences()
            .map(Offence::rule)
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(Rule.class))));
  }

  @ParameterizedTest
  @MethodSource("exceptions")
  void letsAnExceptionPass(Offence harmless) throws Exception {
    EvaluationResult result =
        harmless.rule().rule().evaluate(ForeignCode.besideTheApi(directory, harmless.sources()));
    assertFalse(
        result.getFailureReport().getDetails().stream()
            .anyMatch(line -> line.contains(harmless.culprit())),
        () -> result.getFailureReport().toString());
  }

  static Stream<Offence> offences() {
    return Stream.of(
        // A module sees another one that is not blob-api.
        code(
            Rule.MODULES_SEE_THE_API_AND_THEMSELVES,
            "package dev.stowage.adapter.fs; class Bad { dev.stowage.core.CoreOptions it; }"),
        code(
            Rule.MODULES_SEE_THE_API_AND_THEMSELVES,
            "package dev.stowage.adapter.http; class Bad { dev.stowage.core.CoreOptions it; }"),
        code(
            Rule.MODULES_SEE_THE_API_AND_THEMSELVES,
            "package dev.stowage.adapter.rocksdb; class Bad { Class<?> it ="
                + " dev.stowage.adapter.fs.FileOptions.class; }"),
        code(
            Rule.MODULES_SEE_THE_API_AND_THEMSELVES,
            "package dev.stowage.adapter.fs; class Bad { java.util.List<"
                + "dev.stowage.adapter.rocksdb.RocksOptions> it; }"),
        code(
            Rule.MODULES_SEE_THE_API_AND_THEMSELVES,
            "package dev.stowage.adapter.fs; class Bad { dev.stowage.adapter.http.HttpOptions[] it;"
                + " }"),
        code(
            Rule.MODULES_SEE_THE_API_AND_THEMSELVES,
            "package dev.stowage.core.blob; class Bad { Object it() { return"
                + " dev.stowage.adapter.fs.FileOptions.defaults(); } }"),
        code(
            Rule.MODULES_SEE_THE_API_AND_THEMSELVES,
            "package dev.stowage.blob; class Bad { dev.stowage.core.CoreOptions it; }"),
        code(
            Rule.MODULES_SEE_THE_API_AND_THEMSELVES,
            "package dev.stowage.core; class Bad { dev.stowage.app.config.Settings it; }"),

        // What stands alone does not.
        code(Rule.API_STANDS_ALONE, "package dev.stowage.blob; class Bad { org.slf4j.Logger it; }"),
        code(
            Rule.API_STANDS_ALONE,
            "package dev.stowage.spi; class Bad { javax.net.ssl.SSLContext it; }"),
        code(
            Rule.CORE_STANDS_ON_THE_API,
            "package dev.stowage.core; class Bad { org.slf4j.Logger it; }"),
        code(
            Rule.CORE_STANDS_ON_THE_API,
            "package dev.stowage.core.tag; class Bad { tools.jackson.databind.JsonNode it; }"),

        // A library is known elsewhere.
        code(
            Rule.LIBRARIES_ARE_KNOWN_IN_ONE_PLACE,
            "package dev.stowage.app.wiring; class Bad { org.eclipse.jetty.server.Server it; }"),
        code(
            Rule.LIBRARIES_ARE_KNOWN_IN_ONE_PLACE,
            "package dev.stowage.app.observe; class Bad { org.eclipse.jetty.server.Server it; }"),
        code(
            Rule.LIBRARIES_ARE_KNOWN_IN_ONE_PLACE,
            "package dev.stowage.app.wiring; class Bad { io.micrometer.jetty12.Binder it; }",
            "package io.micrometer.jetty12; public class Binder {}"),
        code(
            Rule.LIBRARIES_ARE_KNOWN_IN_ONE_PLACE,
            "package dev.stowage.app.config; class Bad { tools.jackson.databind.JsonNode it; }"),
        code(
            Rule.LIBRARIES_ARE_KNOWN_IN_ONE_PLACE,
            "package dev.stowage.adapter.http.oci; class Bad { tools.jackson.databind.JsonNode it;"
                + " }"),
        code(
            Rule.LIBRARIES_ARE_KNOWN_IN_ONE_PLACE,
            "package dev.stowage.app.wiring; class Bad { org.rocksdb.RocksDB it; }"),
        code(
            Rule.LIBRARIES_ARE_KNOWN_IN_ONE_PLACE,
            "package dev.stowage.adapter.fs; class Bad { @com.google.inject.Inject Bad() {} }"),
        code(
            Rule.LIBRARIES_ARE_KNOWN_IN_ONE_PLACE,
            "package dev.stowage.adapter.http; class Bad { picocli.CommandLine it; }"),
        code(
            Rule.LIBRARIES_ARE_KNOWN_IN_ONE_PLACE,
            "package dev.stowage.adapter.rocksdb; class Bad { ch.qos.logback.classic.Level it; }"),

        // A module is entered by the window.
        code(
            Rule.MODULES_ARE_ENTERED_BY_THEIR_DOORS,
            "package dev.stowage.app.wiring; class Bad { dev.stowage.core.rules.RepositoryRules it;"
                + " }"),
        code(
            Rule.MODULES_ARE_ENTERED_BY_THEIR_DOORS,
            "package dev.stowage.app.wiring; class Bad { dev.stowage.adapter.http.oci.Inner it; }",
            "package dev.stowage.adapter.http.oci; public class Inner {}"),
        code(
            Rule.MODULES_ARE_ENTERED_BY_THEIR_DOORS,
            "package dev.stowage.app.wiring; class Bad { dev.stowage.adapter.http.json.Inner it; }",
            "package dev.stowage.adapter.http.json; public class Inner {}"),
        code(
            Rule.MODULES_ARE_ENTERED_BY_THEIR_DOORS,
            "package dev.stowage.app.wiring; class Bad { dev.stowage.adapter.fs.inner.Inner it; }",
            "package dev.stowage.adapter.fs.inner; public class Inner {}"),
        code(
            Rule.MODULES_ARE_ENTERED_BY_THEIR_DOORS,
            "package dev.stowage.app.wiring; class Bad { dev.stowage.adapter.rocksdb.in.Inner it;"
                + " }",
            "package dev.stowage.adapter.rocksdb.in; public class Inner {}"),
        code(Rule.CORE_HAS_THREE_DOORS, "package dev.stowage.core; public class Bad {}"),
        code(
            Rule.STORAGE_ADAPTERS_SERVE_DRIVEN_PORTS,
            "package dev.stowage.adapter.fs; class Bad { dev.stowage.access.Inner it; }",
            "package dev.stowage.access; public class Inner {}"),
        code(
            Rule.STORAGE_ADAPTERS_SERVE_DRIVEN_PORTS,
            "package dev.stowage.adapter.rocksdb; class Bad { dev.stowage.maintenance.Inner it; }",
            "package dev.stowage.maintenance; public class Inner {}"),
        code(
            Rule.HTTP_DRIVES_AND_READS_MANIFESTS,
            "package dev.stowage.adapter.http.oci; class Bad { dev.stowage.spi.MetadataStore it;"
                + " }"),
        code(
            Rule.HTTP_DRIVES_AND_READS_MANIFESTS,
            "package dev.stowage.adapter.http.oci; class Bad { dev.stowage.spi.NoSpaceException it;"
                + " }"),
        code(
            Rule.HTTP_DRIVES_AND_READS_MANIFESTS,
            "package dev.stowage.adapter.http.error; class Bad { dev.stowage.spi.Health it; }"),

        // Packages.
        code(
            Rule.PACKAGES_HAVE_NO_CYCLES,
            "package dev.stowage.core.one; public class Bad { dev.stowage.core.two.Worse it; }",
            "package dev.stowage.core.two; public class Worse { dev.stowage.core.one.Bad it; }"),
        code(
            Rule.PACKAGES_HAVE_NO_CYCLES,
            "package dev.stowage.app; public class Bad { dev.stowage.app.below.Worse it; }",
            "package dev.stowage.app.below; public class Worse { dev.stowage.app.Bad it; }"),
        code(Rule.PACKAGES_ARE_NOT_SPLIT, "package dev.stowage.blob; class Bad {}"),
        code(
            Rule.MODULES_KEEP_TO_THEIR_PACKAGES,
            "package dev.stowage.adapter.fs; class Bad {}",
            "package dev.stowage.adapter.rocksdb; class Worse {}"),
        code(Rule.MODULES_KEEP_TO_THEIR_PACKAGES, "package dev.stowage.shared; class Bad {}"),
        code(
            Rule.PUBLIC_IS_WHAT_ANOTHER_PACKAGE_USES,
            "package dev.stowage.core.blob; public class Bad {}",
            "package dev.stowage.core.blob; class Neighbour { Bad it; }"),
        code(Rule.PACKAGES_ARE_NULL_MARKED, "package dev.stowage.app.life; class Bad {}"),

        // Names.
        code(Rule.NAMES_SAY_SOMETHING, "package dev.stowage.blob; class DigestUtil {}"),
        code(Rule.NAMES_SAY_SOMETHING, "package dev.stowage.blob; class Utils {}"),
        code(Rule.NAMES_SAY_SOMETHING, "package dev.stowage.core; class UploadManager {}"),
        code(Rule.NAMES_SAY_SOMETHING, "package dev.stowage.core; class TagHelper {}"),
        code(Rule.NAMES_SAY_SOMETHING, "package dev.stowage.core; class RegistryImpl {}"));
  }

  static Stream<Offence> exceptions() {
    return Stream.of(
        code(
            Rule.MODULES_SEE_THE_API_AND_THEMSELVES,
            "package dev.stowage.app.wiring; class Good { dev.stowage.core.CoreOptions it; }"),
        code(
            Rule.LIBRARIES_ARE_KNOWN_IN_ONE_PLACE,
            "package dev.stowage.app.observe; class Good { io.micrometer.jetty12.Binder it; }",
            "package io.micrometer.jetty12; public class Binder {}"),
        code(
            Rule.MODULES_ARE_ENTERED_BY_THEIR_DOORS,
            "package dev.stowage.app.wiring; class Good {"
                + " dev.stowage.adapter.http.json.JacksonManifestReader it; }"),
        code(
            Rule.HTTP_DRIVES_AND_READS_MANIFESTS,
            "package dev.stowage.adapter.http.json; class Good { dev.stowage.spi.ManifestReader it;"
                + " }"),
        code(
            Rule.HTTP_DRIVES_AND_READS_MANIFESTS,
            "package dev.stowage.adapter.http.error; class Good {"
                + " dev.stowage.spi.NoSpaceException it; }"),
        code(
            Rule.PUBLIC_IS_WHAT_ANOTHER_PACKAGE_USES,
            "package dev.stowage.core.blob; public class Good {}",
            "package dev.stowage.core.tag; class Neighbour { dev.stowage.core.blob.Good it; }"));
  }

  private static Offence code(Rule rule, String... sources) {
    String[] words = sources[0].split("[ ;]+", -1);
    String type = words[Arrays.asList(words).indexOf("class") + 1];
    return new Offence(rule, words[1] + "." + type, List.of(sources));
  }
}

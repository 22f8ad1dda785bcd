package dev.stowage.app.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Set;

/** The libraries that may be known in one place only. */
@SuppressWarnings("ImmutableEnumChecker") // the sets do not change, though their type may
enum Library {
  JETTY(Set.of("org.eclipse.jetty"), "dev.stowage.adapter.http"),
  JETTY_METRICS(
      Set.of("io.micrometer.core.instrument.binder.jetty", "io.micrometer.jetty12"),
      "dev.stowage.app.observe"),
  JACKSON(Set.of("tools.jackson", "com.fasterxml.jackson"), "dev.stowage.adapter.http.json"),
  ROCKSDB(Set.of("org.rocksdb"), "dev.stowage.adapter.rocksdb"),
  GUICE(Set.of("com.google.inject", "jakarta.inject"), "dev.stowage.app"),
  PICOCLI(Set.of("picocli"), "dev.stowage.app"),
  LOGBACK(Set.of("ch.qos.logback"), "dev.stowage.app");

  private final Set<String> trees;
  private final String home;

  /**
   * Says where a library is known.
   *
   * @param trees its packages, with those below them
   * @param home the package that may know it, with those below
   */
  Library(Set<String> trees, String home) {
    this.trees = trees;
    this.home = home;
  }

  boolean has(JavaClass type) {
    return trees.stream().anyMatch(tree -> lies(type, tree));
  }

  boolean isKnownTo(JavaClass type) {
    return lies(type, home);
  }

  private static boolean lies(JavaClass type, String tree) {
    return (type.getPackageName() + ".").startsWith(tree + ".");
  }
}

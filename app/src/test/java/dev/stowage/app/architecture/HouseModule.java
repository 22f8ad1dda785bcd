package dev.stowage.app.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** The modules of the project: the packages that they have, and the doors that others may use. */
@SuppressWarnings("ImmutableEnumChecker") // the sets do not change, though their type may
enum HouseModule {
  API(
      Set.of("dev.stowage"),
      Set.of(
          "dev.stowage.blob",
          "dev.stowage.registry",
          "dev.stowage.maintenance",
          "dev.stowage.access",
          "dev.stowage.spi")),
  CORE(Set.of(), Set.of("dev.stowage.core")),
  FILES(Set.of(), Set.of("dev.stowage.adapter.fs")),
  ROCKSDB(Set.of(), Set.of("dev.stowage.adapter.rocksdb")),
  HTTP(Set.of(), Set.of("dev.stowage.adapter.http")),
  APP(Set.of(), Set.of("dev.stowage.app"));

  private static final String SOCKET = "dev.stowage.adapter.http.admin";
  private static final Set<String> READERS =
      Set.of(
          "dev.stowage.adapter.http.json.JacksonManifestReader",
          "dev.stowage.adapter.http.json.JacksonLayoutDocuments");

  private final Set<String> packages;
  private final Set<String> trees;

  /**
   * Says which packages a module has.
   *
   * @param packages packages that belong to it, and those below them do not
   * @param trees packages that belong to it with all that is below them
   */
  HouseModule(Set<String> packages, Set<String> trees) {
    this.packages = packages;
    this.trees = trees;
  }

  /** The module that a class is of, by its package; none if it is not ours. */
  static Optional<HouseModule> of(JavaClass type) {
    return Arrays.stream(values()).filter(module -> module.has(type)).findFirst();
  }

  boolean has(JavaClass type) {
    String name = type.getPackageName();
    return packages.contains(name)
        || trees.stream().anyMatch(tree -> name.equals(tree) || name.startsWith(tree + "."));
  }

  /** Whether other modules may use a class of this one. */
  boolean hasDoor(JavaClass type) {
    return switch (this) {
      case API -> true;
      case CORE, FILES, ROCKSDB -> trees.contains(type.getPackageName());
      case HTTP ->
          trees.contains(type.getPackageName())
              || type.getPackageName().equals(SOCKET)
              || READERS.contains(type.getName());
      case APP -> false;
    };
  }
}

package dev.stowage.app.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static dev.stowage.app.architecture.Conditions.beInANullMarkedPackage;
import static dev.stowage.app.architecture.Conditions.beUsedInAnotherPackage;
import static dev.stowage.app.architecture.Conditions.dependOn;
import static dev.stowage.app.architecture.Conditions.lieWhereNoOtherModuleDoes;
import static dev.stowage.app.architecture.Conditions.shareThePackageWithNoOtherPlace;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** What holds for all code of the project that is not a test. */
@SuppressWarnings("ImmutableEnumChecker") // a rule does not change, though its type does not say so
enum Rule {
  MODULES_SEE_THE_API_AND_THEMSELVES(
      classes()
          .should(
              dependOn(
                  "only blob-api and their own module of ours, except in app",
                  (user, used) ->
                      module(user).equals(module(used))
                          || module(used).isEmpty()
                          || HouseModule.API.has(used)
                          || HouseModule.APP.has(user)))),

  API_STANDS_ALONE(
      classes()
          .should(
              dependOn(
                  "only java.*, JSpecify and blob-api, in blob-api",
                  (user, used) ->
                      !HouseModule.API.has(user) || isPlain(used) || HouseModule.API.has(used)))),

  CORE_STANDS_ON_THE_API(
      classes()
          .should(
              dependOn(
                  "only java.*, JSpecify, blob-api and blob-core, in blob-core",
                  (user, used) ->
                      !HouseModule.CORE.has(user)
                          || isPlain(used)
                          || HouseModule.API.has(used)
                          || HouseModule.CORE.has(used)))),

  LIBRARIES_ARE_KNOWN_IN_ONE_PLACE(
      classes()
          .should(
              dependOn(
                  "a library of one place only in that place",
                  (user, used) ->
                      Arrays.stream(Library.values())
                          .allMatch(each -> !each.has(used) || each.isKnownTo(user))))),

  MODULES_ARE_ENTERED_BY_THEIR_DOORS(
      classes()
          .should(
              dependOn(
                  "nothing of another module but its doors",
                  (user, used) ->
                      module(user).equals(module(used))
                          || module(used).map(entered -> entered.hasDoor(used)).orElse(true)))),

  CORE_HAS_THREE_DOORS(
      classes()
          .that()
          .resideInAPackage("dev.stowage.core")
          .and()
          .arePublic()
          .should()
          .haveNameMatching("dev\\.stowage\\.core\\.(StowageRegistry|StowageStore|CoreOptions)")),

  STORAGE_ADAPTERS_SERVE_DRIVEN_PORTS(
      classes()
          .should(
              dependOn(
                  "only dev.stowage, .blob, .registry and .spi of blob-api, in adapters of storage",
                  (user, used) ->
                      !(HouseModule.FILES.has(user) || HouseModule.ROCKSDB.has(user))
                          || !HouseModule.API.has(used)
                          || Set.of(
                                  "dev.stowage",
                                  "dev.stowage.blob",
                                  "dev.stowage.registry",
                                  "dev.stowage.spi")
                              .contains(used.getPackageName())))),

  HTTP_DRIVES_AND_READS_MANIFESTS(
      classes()
          .should(
              dependOn(
                  "dev.stowage.spi only in json, and its exceptions in error, in adapter-http",
                  (user, used) ->
                      !HouseModule.HTTP.has(user)
                          || !used.getPackageName().equals("dev.stowage.spi")
                          || user.getPackageName().equals("dev.stowage.adapter.http.json")
                          || (user.getPackageName().equals("dev.stowage.adapter.http.error")
                              && used.isAssignableTo(IOException.class))))),

  PACKAGES_HAVE_NO_CYCLES(slices().assignedFrom(new EachPackage()).should().beFreeOfCycles()),

  PACKAGES_ARE_NOT_SPLIT(classes().should(shareThePackageWithNoOtherPlace())),

  MODULES_KEEP_TO_THEIR_PACKAGES(classes().should(lieWhereNoOtherModuleDoes())),

  PUBLIC_IS_WHAT_ANOTHER_PACKAGE_USES(
      classes().that().arePublic().and().areTopLevelClasses().should(beUsedInAnotherPackage())),

  NAMES_SAY_SOMETHING(classes().should().haveNameNotMatching(".*(Util|Manager|Helper|Impl)s?")),

  PACKAGES_ARE_NULL_MARKED(classes().should(beInANullMarkedPackage()));

  private final ArchRule rule;

  Rule(ArchRule rule) {
    this.rule = rule;
  }

  ArchRule rule() {
    return rule;
  }

  private static Optional<HouseModule> module(JavaClass type) {
    return HouseModule.of(type);
  }

  /** Whether a class is there without any library but JSpecify's annotations. */
  private static boolean isPlain(JavaClass type) {
    return type.isPrimitive()
        || type.getPackageName().startsWith("java.")
        || type.getPackageName().equals("org.jspecify.annotations");
  }
}

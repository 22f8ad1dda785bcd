package dev.stowage.app.architecture;

import static com.tngtech.archunit.lang.SimpleConditionEvent.violated;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.NullMarked;

/** What the rules ask of a class, where the library has no words for it. */
final class Conditions {
  private Conditions() {}

  /**
   * Every dependency of a class is allowed.
   *
   * @param what what may be depended on, and where
   * @param allowed whether the first class may depend on the second
   */
  static ArchCondition<JavaClass> dependOn(String what, BiPredicate<JavaClass, JavaClass> allowed) {
    return new ArchCondition<>("depend on " + what) {
      @Override
      public void check(JavaClass user, ConditionEvents events) {
        for (Dependency each : user.getDirectDependenciesFromSelf()) {
          if (!allowed.test(user, each.getTargetClass().getBaseComponentType())) {
            events.add(violated(each, each.getDescription()));
          }
        }
      }
    };
  }

  static ArchCondition<JavaClass> beInANullMarkedPackage() {
    return new ArchCondition<>("be in a package that is @NullMarked") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
          events.add(violated(type, type.getName() + " is in a package that is not @NullMarked"));
        }
      }
    };
  }

  /** Of what is no door: package-private is enough for what one package uses. */
  static ArchCondition<JavaClass> beUsedInAnotherPackage() {
    return new ArchCondition<>("be a door, be run, or be used in another package") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        boolean door = HouseModule.of(type).map(module -> module.hasDoor(type)).orElse(false);
        boolean run = type.tryGetMethod("main", String[].class).isPresent();
        boolean used =
            type.getDirectDependenciesToSelf().stream()
                .anyMatch(each -> !each.getOriginClass().getPackage().equals(type.getPackage()));
        if (!door && !run && !used) {
          events.add(violated(type, type.getName() + " is public for no other package"));
        }
      }
    };
  }

  /** No package is in two places (directories or JARs). */
  static ArchCondition<JavaClass> shareThePackageWithNoOtherPlace() {
    return new OneForEach<>("package", "place", JavaClass::getPackageName, Conditions::place);
  }

  /** No place has packages of two modules, or ones of no module. */
  static ArchCondition<JavaClass> lieWhereNoOtherModuleDoes() {
    return new OneForEach<>("place", "module", Conditions::place, HouseModule::of) {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        if (HouseModule.of(type).isEmpty()) {
          events.add(violated(type, type.getName() + " is in a package of no module"));
        }
        super.check(type, events);
      }
    };
  }

  /** The directory or JAR that a class was read from. */
  private static String place(JavaClass type) {
    String file = type.getName().replace('.', '/') + ".class";
    return type.getSource()
        .map(source -> source.getUri().toString())
        .map(uri -> uri.substring(0, uri.length() - file.length()))
        .orElseThrow(() -> new IllegalStateException("no source: " + type.getName()));
  }

  /** Among all classes, whatever has the same key has the same value. */
  private static class OneForEach<K, V> extends ArchCondition<JavaClass> {
    private final String value;
    private final Function<JavaClass, K> keyOf;
    private final Function<JavaClass, V> valueOf;
    private final Map<K, Set<V>> seen = new HashMap<>();

    OneForEach(
        String key, String value, Function<JavaClass, K> keyOf, Function<JavaClass, V> valueOf) {
      super("lie so that each " + key + " has one " + value);
      this.value = value;
      this.keyOf = keyOf;
      this.valueOf = valueOf;
    }

    @Override
    public void init(Collection<JavaClass> all) {
      seen.clear();
      for (JavaClass type : all) {
        seen.computeIfAbsent(keyOf.apply(type), key -> new HashSet<>()).add(valueOf.apply(type));
      }
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
      Set<V> values = seen.getOrDefault(keyOf.apply(type), Set.of());
      if (values.size() > 1) {
        events.add(
            violated(
                type,
                type.getName()
                    + ": "
                    + keyOf.apply(type)
                    + " has more than one "
                    + value
                    + ": "
                    + values));
      }
    }
  }
}

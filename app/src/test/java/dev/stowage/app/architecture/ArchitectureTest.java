package dev.stowage.app.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArchitectureTest {
  private static final String CONTRACTS = "/dev/stowage/contract/";

  private JavaClasses house = new ClassFileImporter().importClasses(Set.of());

  @BeforeAll
  void readAllThatIsNoTest() {
    house =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains(CONTRACTS))
            .importPackages("dev.stowage");
  }

  @ParameterizedTest
  @EnumSource
  void holds(Rule rule) {
    rule.rule().check(house);
  }

  @Test
  void seesEveryModule() {
    assertEquals(
        EnumSet.allOf(HouseModule.class),
        house.stream()
            .map(HouseModule::of)
            .flatMap(Optional::stream)
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(HouseModule.class))));
  }
}

package dev.stowage.adapter.fs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileOptionsTest {
  private static final FileOptions DEFAULTS = FileOptions.defaults();

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "-a", "a/b", "a b", "a.b", "\u00e9"})
  void refusesABootIdThatIsNoPlainName(String id) {
    assertThrows(IllegalArgumentException.class, () -> DEFAULTS.withBootId(id));
  }

  @Test
  void refusesABootIdThatIsTooLong() {
    DEFAULTS.withBootId("b".repeat(64));
    assertThrows(IllegalArgumentException.class, () -> DEFAULTS.withBootId("b".repeat(65)));
  }

  @Test
  void oneOptionIsChangedAlone() {
    FileOptions options = DEFAULTS.withBootId("b").withDirectorySync(false);
    assertEquals(new FileOptions(false, Optional.of("b"), 0), options);
    assertEquals(
        new FileOptions(true, Optional.of("c"), 0),
        options.withDirectorySync(true).withBootId("c"));
  }

  @Test
  void theOptionsGoBeforeTheKernel() throws IOException {
    Path kernel = Files.writeString(directory.resolve("boot_id"), "kernel\n");
    assertEquals("given", BootId.of(DEFAULTS.withBootId("given"), kernel));
  }

  @Test
  void theKernelNamesTheBoot() throws IOException {
    Path kernel = Files.writeString(directory.resolve("boot_id"), "kernel\n");
    assertEquals("kernel", BootId.of(DEFAULTS, kernel));
  }

  @Test
  void withoutAnAnswerEachOpeningIsANewBoot() throws IOException {
    Path absent = directory.resolve("absent");
    assertNotEquals(BootId.of(DEFAULTS, absent), BootId.of(DEFAULTS, absent));
  }

  @Test
  void anAnswerThatCannotBeReadIsAFailure() {
    assertThrows(IOException.class, () -> BootId.of(DEFAULTS, directory));
  }

  @Test
  void anAnswerThatIsNoPlainNameIsNone() throws IOException {
    Path kernel = Files.writeString(directory.resolve("boot_id"), "../..\n");
    assertNotEquals(BootId.of(DEFAULTS, kernel), BootId.of(DEFAULTS, kernel));
  }

  @Test
  void reservesNothingUnlessItIsAskedTo() {
    assertEquals(0, FileOptions.defaults().reserve());
    FileOptions options = FileOptions.defaults().withReserve(5);
    assertEquals(5, options.withBootId("b").withDirectorySync(false).reserve());
    assertThrows(IllegalArgumentException.class, () -> options.withReserve(-1));
  }
}

package dev.stowage.app.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  @Test
  void hasADefaultForEachKey() throws SettingException {
    assertEquals(
        new Settings(
            new ListenAddress("127.0.0.1", 5000),
            Path.of("data").toAbsolutePath(),
            Optional.empty(),
            true,
            true,
            false,
            4 * 1024 * 1024,
            1024L * 1024 * 1024,
            8 * 1024 * 1024),
        Settings.of(List.of()));
  }

  @Test
  void takesEachKey() throws SettingException {
    assertEquals(
        new Settings(
            new ListenAddress("0.0.0.0", 80),
            Path.of("/srv/stowage"),
            Optional.of("boot-1"),
            false,
            false,
            true,
            64 * 1024,
            0,
            1024),
        Settings.of(
            List.of(
                "http.listen=0.0.0.0:80",
                "data.dir=/srv/stowage",
                "data.boot-id=boot-1",
                "deletes.enabled=false",
                "references.protected=false",
                "manifests.sparse=true",
                "manifests.max-size=64KiB",
                "disk.reserve=0",
                "scrub.rate=1KiB")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"data", "./data", "./a/../data"})
  void makesADirectoryAbsolute(String text) throws SettingException {
    assertEquals(
        Path.of(System.getProperty("user.dir"), "data"),
        Settings.of(List.of("data.dir=" + text)).dataDir());
  }

  @Test
  void takesAllThatFollowsTheFirstEqualsSignForTheValue() throws SettingException {
    assertEquals(Path.of("/srv/a=b"), Settings.of(List.of("data.dir=/srv/a=b")).dataDir());
  }

  @Test
  void takesTheSystemsBootForAnEmptyOne() throws SettingException {
    assertEquals(Optional.empty(), Settings.of(List.of("data.boot-id=")).bootId());
  }

  @ParameterizedTest
  @CsvSource({"1,1", "1B,1", "64MiB,67108864", "67108864,67108864", "1KiB,1024"})
  void takesAManifestSizeWithinItsBounds(String text, int bytes) throws SettingException {
    assertEquals(bytes, Settings.of(List.of("manifests.max-size=" + text)).maxManifestSize());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "http.listen=5000 | expected HOST:PORT, as in 127.0.0.1:5000 or [::1]:5000",
        "http.listen=::1:5000 | expected HOST:PORT, as in 127.0.0.1:5000 or [::1]:5000",
        "data.dir= | expected a directory",
        "data.dir=a\0b | not a path: Nul character not allowed",
        "data.boot-id=-x | expected 1 to 64 letters, digits, - and _, a letter or digit first",
        "data.boot-id=a/b | expected 1 to 64 letters, digits, - and _, a letter or digit first",
        "deletes.enabled=yes | expected true or false",
        "deletes.enabled= | expected true or false",
        "references.protected=TRUE | expected true or false",
        "manifests.sparse=1 | expected true or false",
        "manifests.max-size=4MB | expected a size, as in 512, 64KiB, 4MiB or 10GiB",
        "manifests.max-size=0 | expected a size between 1 byte and 64MiB",
        "manifests.max-size=67108865 | expected a size between 1 byte and 64MiB",
        "manifests.max-size=16777216TiB | expected a size below 8388608TiB",
        "disk.reserve=10% | expected a size, as in 512, 64KiB, 4MiB or 10GiB"
      })
  void tellsTheKeyTheValueAndWhatIsWrongWithIt(String assignment, String wrong) {
    assertEquals(assignment + ": " + wrong, refusal(assignment));
  }

  @Test
  void refusesABootIdThatIsTooLong() throws SettingException {
    String longest = "b".repeat(64);
    assertEquals(Optional.of(longest), Settings.of(List.of("data.boot-id=" + longest)).bootId());
    assertThrows(
        SettingException.class, () -> Settings.of(List.of("data.boot-id=" + longest + "b")));
  }

  @Test
  void refusesWhatIsNoAssignment() {
    assertEquals(
        "\"deletes.enabled\" is no setting; expected key=value, as in deletes.enabled=false",
        refusal("deletes.enabled"));
  }

  @Test
  void refusesAnUnknownKeyWithTheNearestOne() {
    assertEquals(
        "no setting \"delete.enable\"; did you mean deletes.enabled?",
        refusal("delete.enable=false"));
  }

  @Test
  void refusesAKeyThatIsSetTwiceEvenToTheSameValue() {
    assertEquals(
        "manifests.sparse is set twice", refusal("manifests.sparse=true", "manifests.sparse=true"));
  }

  private static String refusal(String... assignments) {
    return assertThrows(SettingException.class, () -> Settings.of(List.of(assignments)))
        .getMessage();
  }
}

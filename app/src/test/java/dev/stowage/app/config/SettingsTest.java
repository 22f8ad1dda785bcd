package dev.stowage.app.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.stowage.maintenance.CollectionPolicy;
import dev.stowage.maintenance.RepositoryPattern;
import dev.stowage.maintenance.RetentionPolicy;
import dev.stowage.maintenance.UntaggedPolicy;
import dev.stowage.registry.RepositoryName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
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
            8 * 1024 * 1024,
            new Upkeep(
                Duration.ofHours(1),
                new CollectionPolicy(
                    Duration.ofHours(24),
                    Duration.ofHours(1),
                    UntaggedPolicy.NEVER,
                    RetentionPolicy.KEEP_ALL,
                    false,
                    Duration.ofHours(24),
                    Duration.ofDays(14)))),
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
            1024,
            new Upkeep(
                Duration.ZERO,
                new CollectionPolicy(
                    Duration.ofDays(2),
                    Duration.ofSeconds(90),
                    new UntaggedPolicy(
                        List.of(
                            new UntaggedPolicy.Rule(
                                RepositoryPattern.ALL, Optional.of(Duration.ofDays(30))))),
                    RetentionPolicy.KEEP_ALL,
                    true,
                    Duration.ofMinutes(5),
                    Duration.ofDays(7)))),
        Settings.of(
            List.of(
                "http.listen=0.0.0.0:80",
                "data.dir=/srv/stowage",
                "data.boot-id=boot-1",
                "history.window=7d",
                "deletes.enabled=false",
                "references.protected=false",
                "manifests.sparse=true",
                "manifests.max-size=64KiB",
                "disk.reserve=0",
                "scrub.rate=1KiB",
                "gc.interval=0s",
                "gc.grace=2d",
                "gc.lease=90s",
                "untagged.expiry=30d",
                "retention.rules=none",
                "store.plain=true",
                "uploads.expiry=5m")));
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
        "disk.reserve=10% | expected a size, as in 512, 64KiB, 4MiB or 10GiB",
        "gc.grace=24 | expected a time, as in 0s, 30s, 15m, 24h or 14d",
        "gc.lease=-1h | expected a time, as in 0s, 30s, 15m, 24h or 14d",
        "gc.interval=9999999999s | expected a time, as in 0s, 30s, 15m, 24h or 14d",
        "uploads.expiry=36501d | expected a time of at most 36500d",
        "untagged.expiry=A=1d | expected a repository, in which * stands for any characters",
        "untagged.expiry=a=1d, | expected a time, as in 0s, 30s, 15m, 24h or 14d",
        "retention.rules=keep | expected none, or as in team/*=keep:10,match:v.*,younger:30d",
        "retention.rules=a=keep:x | expected a number of tags to keep",
        "retention.rules=a=match:( | not a regular expression: Unclosed group",
        "retention.rules=a=keep:1,keep:2 | expected keep:N, match:EXPRESSION or younger:TIME, each"
            + " at most once, and not \"keep:2\"",
        "retention.rules=a= | expected keep:N, match:EXPRESSION or younger:TIME, each at most once,"
            + " and not \"\"",
        "store.plain=1 | expected true or false"
      })
  void tellsTheKeyTheValueAndWhatIsWrongWithIt(String assignment, String wrong) {
    assertEquals(assignment + ": " + wrong, refusal(assignment));
  }

  @Test
  void takesAnExpiryForEachPatternTheFirstThatMatchesCounting() throws SettingException {
    UntaggedPolicy policy =
        Settings.of(List.of("untagged.expiry=team/*=0s, keep/*=never, *=7d"))
            .upkeep()
            .policy()
            .untagged();
    assertEquals(Optional.of(Duration.ZERO), policy.expiry(new RepositoryName("team/app/web")));
    assertEquals(Optional.empty(), policy.expiry(new RepositoryName("keep/this")));
    assertEquals(Optional.of(Duration.ofDays(7)), policy.expiry(new RepositoryName("team")));
  }

  @Test
  void takesARetentionRuleForEachPattern() throws SettingException {
    RetentionPolicy policy =
        Settings.of(
                List.of("retention.rules=team/*=keep:10,match:v[0-9]+,younger:30d; *-dev=keep:0"))
            .upkeep()
            .policy()
            .retention();
    RetentionPolicy.Rule rule = policy.rule(new RepositoryName("team/app")).orElseThrow();
    assertEquals(OptionalInt.of(10), rule.newest());
    assertEquals("v[0-9]+", rule.match().orElseThrow().pattern());
    assertEquals(Optional.of(Duration.ofDays(30)), rule.younger());
    assertEquals(
        OptionalInt.of(0), policy.rule(new RepositoryName("app-dev")).orElseThrow().newest());
    assertEquals(Optional.empty(), policy.rule(new RepositoryName("app")));
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

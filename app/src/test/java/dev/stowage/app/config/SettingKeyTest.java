package dev.stowage.app.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SettingKeyTest {
  @ParameterizedTest
  @EnumSource
  void isFoundByItsName(SettingKey key) throws SettingException {
    assertEquals(key, SettingKey.of(key.key()));
  }

  @ParameterizedTest
  @EnumSource
  void hasADefaultThatMayBeGiven(SettingKey key) throws SettingException {
    assertEquals(
        Settings.of(List.of()), Settings.of(List.of(key.key() + "=" + key.defaultValue())));
  }

  @ParameterizedTest
  @CsvSource({
    "http.listn,http.listen",
    "listen,http.listen",
    "data.dirs,data.dir",
    "dir,data.dir",
    "data.boot_id,data.boot-id",
    "bootid,data.boot-id",
    "deletes,deletes.enabled",
    "Deletes.Enabled,deletes.enabled",
    "reference.protection,references.protected",
    "manifest.sparse,manifests.sparse",
    "manifests.maxsize,manifests.max-size",
    "manifests.max-sizes,manifests.max-size"
  })
  void tellsTheNearestForAnUnknownName(String unknown, String nearest) {
    assertEquals(
        "no setting \"" + unknown + "\"; did you mean " + nearest + "?",
        assertThrows(SettingException.class, () -> SettingKey.of(unknown)).getMessage());
  }

  @Test
  void refusesAnEmptyName() {
    String message = assertThrows(SettingException.class, () -> SettingKey.of("")).getMessage();
    assertTrue(message.startsWith("no setting \"\"; did you mean "), message);
  }

  @Test
  void refusesANameWithSpaceAroundIt() {
    assertThrows(SettingException.class, () -> SettingKey.of(" data.dir"));
  }
}

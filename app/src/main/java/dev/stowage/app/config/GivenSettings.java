package dev.stowage.app.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Settings, and the assignments that they were read from.
 *
 * @param settings what they are
 * @param assignments what was said of them, as {@code key=value}
 */
public record GivenSettings(Settings settings, List<String> assignments) {
  /** Copies the list. */
  public GivenSettings {
    assignments = List.copyOf(assignments);
  }

  /**
   * Reads settings from assignments.
   *
   * @throws SettingException as {@link Settings#of} does
   */
  public static GivenSettings of(List<String> assignments) throws SettingException {
    return new GivenSettings(Settings.of(assignments), assignments);
  }

  /** All assignments but those of where the data lies. */
  public List<String> besidesTheDirectory() {
    return assignments.stream().filter(each -> !isOf(SettingKey.DATA_DIR, each)).toList();
  }

  /**
   * What somebody wants to be otherwise than it is here, in words.
   *
   * @param wanted assignments
   * @throws SettingException if one of them is none
   */
  public Optional<String> differenceTo(List<String> wanted) throws SettingException {
    Settings.of(wanted);
    for (String each : wanted) {
      SettingKey key = SettingKey.of(each.substring(0, each.indexOf('=')));
      List<String> changed = new ArrayList<>();
      String here = key.key() + "=" + key.defaultValue();
      for (String own : assignments) {
        if (isOf(key, own)) {
          here = own;
        } else {
          changed.add(own);
        }
      }
      changed.add(each);
      if (!Settings.of(changed).equals(settings)) {
        return Optional.of("--set " + each + " is refused: the running server has " + here);
      }
    }
    return Optional.empty();
  }

  private static boolean isOf(SettingKey key, String assignment) {
    return assignment.startsWith(key.key() + "=");
  }
}

package dev.stowage.app.config;

import java.util.Arrays;
import java.util.Comparator;

/** The settings that there are, with their names and defaults. */
enum SettingKey {
  /** Where the server listens. */
  HTTP_LISTEN("http.listen", "127.0.0.1:5000"),
  /** The data directory. */
  DATA_DIR("data.dir", "./data"),
  /** What tells this boot of the machine from every other; empty: what the system says. */
  DATA_BOOT_ID("data.boot-id", ""),
  /** Whether anything may be deleted. */
  DELETES_ENABLED("deletes.enabled", "true"),
  /** Whether what a manifest needs is kept from deletion. */
  REFERENCES_PROTECTED("references.protected", "true"),
  /** Whether manifests are accepted whose references are missing. */
  MANIFESTS_SPARSE("manifests.sparse", "false"),
  /** The most bytes that a manifest may have. */
  MANIFESTS_MAX_SIZE("manifests.max-size", "4MiB"),
  /** The free space below which uploads are refused; 0: off. */
  DISK_RESERVE("disk.reserve", "1GiB"),
  /** How long uploads stay that nobody touches. */
  UPLOADS_EXPIRY("uploads.expiry", "24h"),
  /** How often the server collects by itself. */
  GC_INTERVAL("gc.interval", "1h"),
  /** How long a blob stays that no manifest refers to. */
  GC_GRACE("gc.grace", "24h"),
  /** How long everything stays that somebody was told of. */
  GC_LEASE("gc.lease", "1h"),
  /** How long history is kept, and what was deleted can be restored. */
  HISTORY_WINDOW("history.window", "14d"),
  /** How long manifests stay that nothing names. */
  UNTAGGED_EXPIRY("untagged.expiry", "never"),
  /** Which tags are kept. */
  RETENTION_RULES("retention.rules", "none"),
  /** Whether links are kept for ever. */
  STORE_PLAIN("store.plain", "false"),
  /** How many bytes a second are read to see whether they are still what was stored; 0: none. */
  SCRUB_RATE("scrub.rate", "8MiB");

  private final String key;
  private final String defaultValue;

  SettingKey(String key, String defaultValue) {
    this.key = key;
    this.defaultValue = defaultValue;
  }

  /** The name, as it is written everywhere. */
  String key() {
    return key;
  }

  /** The value that it has when nobody gives it one. */
  String defaultValue() {
    return defaultValue;
  }

  /**
   * The setting of a name.
   *
   * @throws SettingException if there is none; the message tells the nearest one
   */
  static SettingKey of(String key) throws SettingException {
    for (SettingKey each : values()) {
      if (each.key.equals(key)) {
        return each;
      }
    }
    String nearest =
        Arrays.stream(values())
            .map(SettingKey::key)
            .min(
                Comparator.comparing((String known) -> !known.contains(key))
                    .thenComparingInt(known -> distance(known, key)))
            .orElseThrow();
    throw new SettingException("no setting \"" + key + "\"; did you mean " + nearest + "?");
  }

  /** The number of characters to insert, remove or replace to turn one text into the other. */
  private static int distance(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int j = 0; j <= other.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[other.length()];
  }
}

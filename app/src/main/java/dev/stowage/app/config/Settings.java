package dev.stowage.app.config;

import dev.stowage.maintenance.CollectionPolicy;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a person may choose about the server. Immutable.
 *
 * @param listen where the server listens
 * @param dataDir the data directory
 * @param bootId what tells this boot of the machine from every other, if it is not the system's
 * @param deletes whether anything may be deleted
 * @param referencesProtected whether what a manifest needs is kept from deletion
 * @param sparseManifests whether manifests are accepted whose references are missing
 * @param maxManifestSize the most bytes that a manifest may have
 * @param diskReserve the free space, in bytes, below which uploads are refused; 0: they never are
 * @param scrubRate how many bytes a second the background scrub reads; 0: it does not run
 * @param upkeep what is removed, and when
 */
public record Settings(
    ListenAddress listen,
    Path dataDir,
    Optional<String> bootId,
    boolean deletes,
    boolean referencesProtected,
    boolean sparseManifests,
    int maxManifestSize,
    long diskReserve,
    long scrubRate,
    Upkeep upkeep) {
  private static final int LARGEST_MANIFEST = 64 << 20;

  private interface Parser<T> {
    T parse(String text) throws SettingException;
  }

  /**
   * Reads settings from assignments; what is not assigned has its default.
   *
   * @param assignments texts of the form {@code key=value}; a key stands at most once
   * @throws SettingException if a text has not that form, or a key or value does not exist
   */
  public static Settings of(List<String> assignments) throws SettingException {
    Map<SettingKey, String> values = new EnumMap<>(SettingKey.class);
    for (String assignment : assignments) {
      int equals = assignment.indexOf('=');
      if (equals < 0) {
        throw new SettingException(
            "\""
                + assignment
                + "\" is no setting; expected key=value, as in deletes.enabled=false");
      }
      SettingKey key = SettingKey.of(assignment.substring(0, equals));
      if (values.put(key, assignment.substring(equals + 1)) != null) {
        throw new SettingException(key.key() + " is set twice");
      }
    }
    return new Settings(
        read(values, SettingKey.HTTP_LISTEN, ListenAddress::parse),
        read(values, SettingKey.DATA_DIR, Settings::path),
        read(values, SettingKey.DATA_BOOT_ID, Settings::bootId),
        read(values, SettingKey.DELETES_ENABLED, Settings::yesOrNo),
        read(values, SettingKey.REFERENCES_PROTECTED, Settings::yesOrNo),
        read(values, SettingKey.MANIFESTS_SPARSE, Settings::yesOrNo),
        read(values, SettingKey.MANIFESTS_MAX_SIZE, Settings::manifestSize),
        read(values, SettingKey.DISK_RESERVE, ByteSize::parse),
        read(values, SettingKey.SCRUB_RATE, ByteSize::parse),
        upkeep(values));
  }

  private static Upkeep upkeep(Map<SettingKey, String> values) throws SettingException {
    return new Upkeep(
        read(values, SettingKey.GC_INTERVAL, TimeSpan::parse),
        new CollectionPolicy(
            read(values, SettingKey.GC_GRACE, TimeSpan::parse),
            read(values, SettingKey.GC_LEASE, TimeSpan::parse),
            read(values, SettingKey.UNTAGGED_EXPIRY, Policies::untagged),
            read(values, SettingKey.RETENTION_RULES, Policies::retention),
            read(values, SettingKey.STORE_PLAIN, Settings::yesOrNo),
            read(values, SettingKey.UPLOADS_EXPIRY, TimeSpan::parse),
            read(values, SettingKey.HISTORY_WINDOW, TimeSpan::parse)));
  }

  private static <T> T read(Map<SettingKey, String> values, SettingKey key, Parser<T> parser)
      throws SettingException {
    String value = values.getOrDefault(key, key.defaultValue());
    try {
      return parser.parse(value);
    } catch (SettingException e) {
      throw new SettingException(key.key() + "=" + value + ": " + e.getMessage());
    }
  }

  private static Path path(String text) throws SettingException {
    try {
      if (!text.isBlank()) {
        return Path.of(text).toAbsolutePath().normalize();
      }
    } catch (InvalidPathException e) {
      throw new SettingException("not a path: " + e.getReason());
    }
    throw new SettingException("expected a directory");
  }

  private static Optional<String> bootId(String text) throws SettingException {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (!text.matches("[A-Za-z0-9][A-Za-z0-9_-]{0,63}")) {
      throw new SettingException(
          "expected 1 to 64 letters, digits, - and _, a letter or digit first");
    }
    return Optional.of(text);
  }

  private static boolean yesOrNo(String text) throws SettingException {
    if (text.equals("true") || text.equals("false")) {
      return text.equals("true");
    }
    throw new SettingException("expected true or false");
  }

  private static int manifestSize(String text) throws SettingException {
    long size = ByteSize.parse(text);
    if (size < 1 || size > LARGEST_MANIFEST) {
      throw new SettingException("expected a size between 1 byte and 64MiB");
    }
    return (int) size;
  }
}

package proof;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a run is to be.
 *
 * @param cuts how often the server is killed, or its power cut
 * @param seconds after how many seconds no further cut is made
 * @param clients how many clients there are at once
 * @param seed of every choice; the interleaving is the machine's
 * @param disk what a cut leaves: {@code kept}, {@code strict}, {@code torn}, or the file systems of
 *     a loop disk
 * @param burst the most changes that are acknowledged between two cuts, or thereabouts
 * @param launcher the server's launcher
 * @param work an empty directory of this run
 * @param shim the compiled strict disk
 * @param collector a command that collects garbage, if the server offers one
 * @param settings settings of the server, on top of those that the disk needs
 */
record Options(
    int cuts,
    int seconds,
    int clients,
    long seed,
    String disk,
    int burst,
    Path launcher,
    Path work,
    Path shim,
    Optional<String> collector,
    List<String> settings) {
  private static final String USAGE =
      "usage: proof/run [--cuts N] [--seconds N] [--clients N] [--seed N] [--disk"
          + " kept|strict|torn|FS[,FS]] [--burst N] [--launcher FILE] [--collector COMMAND]"
          + " [--settings KEY=VALUE,…]";

  static Options of(String... arguments) {
    Map<String, String> given = new HashMap<>();
    for (int i = 0; i < arguments.length; i += 2) {
      if (!arguments[i].startsWith("--") || i + 1 == arguments.length) {
        throw new IllegalArgumentException(USAGE);
      }
      given.put(arguments[i].substring(2), arguments[i + 1]);
    }
    Options options =
        new Options(
            Integer.parseInt(take(given, "cuts", "30")),
            Integer.parseInt(take(given, "seconds", "86400")),
            Integer.parseInt(take(given, "clients", "4")),
            Long.parseLong(take(given, "seed", Long.toString(System.nanoTime() & 0xffffff))),
            take(given, "disk", "kept"),
            Integer.parseInt(take(given, "burst", "120")),
            Path.of(take(given, "launcher", "app/target/stowage/bin/stowage")).toAbsolutePath(),
            Path.of(take(given, "work", "")).toAbsolutePath(),
            Path.of(take(given, "shim", "strict-disk.so")).toAbsolutePath(),
            Optional.ofNullable(given.remove("collector")),
            List.of(take(given, "settings", "").split(",")).stream()
                .filter(setting -> !setting.isEmpty())
                .toList());
    if (!given.isEmpty()) {
      throw new IllegalArgumentException(given.keySet() + "? " + USAGE);
    }
    return options;
  }

  private static String take(Map<String, String> given, String key, String otherwise) {
    String value = given.remove(key);
    return value == null ? otherwise : value;
  }
}

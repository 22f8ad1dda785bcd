package proof;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What lies beneath a directory, by keys that tell a file from another one of the same inode.
 *
 * @param root the key of the directory
 * @param files the files, and where each is
 * @param directories the directories, and the names in each
 */
record Tree(String root, Map<String, Path> files, Map<String, List<Name>> directories) {
  /** A name in a directory, and what it names. */
  record Name(String key, boolean directory, String name) {
    /** As {@code strict-disk.c} writes it. */
    static Name parse(String line) {
      String[] parts = line.split(" ", 3);
      return new Name(parts[0], parts[1].equals("d"), parts[2]);
    }
  }

  /** Reads a directory that nobody is changing. */
  static Tree of(Path directory) throws IOException {
    Map<String, Path> files = new HashMap<>();
    Map<String, List<Name>> directories = new HashMap<>();
    Map<Path, String> keys = new HashMap<>();
    // Java does not tell when a file was born.
    String listed =
        Commands.run(
            "find",
            directory.toString(),
            "-exec",
            "stat",
            "--printf",
            "%i-%.9W %F\\t%n\\n",
            "{}",
            "+");
    for (String line : listed.lines().toList()) {
      Path path = Path.of(line.substring(line.indexOf('\t') + 1));
      String key = line.substring(0, line.indexOf(' '));
      boolean isDirectory = line.contains(" directory\t");
      keys.put(path, key);
      if (isDirectory) {
        directories.put(key, new ArrayList<>());
      } else {
        files.put(key, path);
      }
      if (!path.equals(directory)) {
        // A directory is listed before what is in it.
        directories
            .get(keys.get(path.getParent()))
            .add(new Name(key, isDirectory, path.getFileName().toString()));
      }
    }
    return new Tree(keys.get(directory), files, directories);
  }

  List<Name> names(String directory) {
    return directories.getOrDefault(directory, List.of());
  }
}

package dev.stowage.app.operation;

import java.util.Map;
import java.util.Optional;

/** What a command was given, by name. Its values were checked by the command. */
record Arguments(Map<String, String> values) {
  /** Whether a switch is on. */
  boolean has(String name) {
    return Boolean.parseBoolean(values.get(name));
  }

  /** A text that may be absent. */
  Optional<String> find(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** A text that every call has. */
  String get(String name) {
    return find(name).orElseThrow(() -> new IllegalArgumentException(name + " is missing"));
  }
}

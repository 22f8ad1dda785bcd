package dev.stowage.adapter.http.admin;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a command asks.
 *
 * @param settings what it was told of settings, as {@code key=value}
 * @param arguments its own arguments by name
 */
public record Call(List<String> settings, Map<String, String> arguments) {
  /** Copies the collections. */
  public Call {
    settings = List.copyOf(settings);
    arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
  }
}

package dev.stowage.adapter.http.route;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which operation answers a method on a form of path. Immutable.
 *
 * @param <O> an operation
 */
public final class RouteTable<O> {
  private final Map<Endpoint, Map<String, O>> routes = new EnumMap<>(Endpoint.class);

  /** A table of some routes, no two of which have the same method and form of path. */
  public RouteTable(List<Route<O>> routes) {
    for (Endpoint endpoint : Endpoint.values()) {
      this.routes.put(endpoint, new LinkedHashMap<>());
    }
    for (Route<O> route : routes) {
      if (at(route.endpoint()).put(route.method(), route.operation()) != null) {
        throw new IllegalArgumentException("two operations for one route: " + route);
      }
    }
  }

  /** The operation of a method, if the form of path has it. */
  public Optional<O> find(String method, Endpoint endpoint) {
    return Optional.ofNullable(at(endpoint).get(method));
  }

  /** The methods that a form of path has. */
  public List<String> methods(Endpoint endpoint) {
    return List.copyOf(at(endpoint).keySet());
  }

  /** The operations, each as often as it has routes. */
  public List<O> operations() {
    return routes.values().stream()
        .flatMap(byMethod -> byMethod.values().stream())
        .collect(Collectors.toUnmodifiableList());
  }

  private Map<String, O> at(Endpoint endpoint) {
    return routes.getOrDefault(endpoint, Map.of());
  }
}

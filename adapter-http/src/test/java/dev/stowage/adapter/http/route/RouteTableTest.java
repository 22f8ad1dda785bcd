package dev.stowage.adapter.http.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RouteTableTest {
  private static final RouteTable<String> TABLE =
      new RouteTable<>(
          List.of(
              new Route<>("GET", Endpoint.BLOB, "get"),
              new Route<>("DELETE", Endpoint.BLOB, "delete"),
              new Route<>("GET", Endpoint.TAGS, "list")));

  @Test
  void findsByMethodAndForm() {
    assertEquals(Optional.of("get"), TABLE.find("GET", Endpoint.BLOB));
    assertEquals(Optional.of("list"), TABLE.find("GET", Endpoint.TAGS));
    assertEquals(Optional.empty(), TABLE.find("get", Endpoint.BLOB));
    assertEquals(Optional.empty(), TABLE.find("DELETE", Endpoint.TAGS));
    assertEquals(Optional.empty(), TABLE.find("GET", Endpoint.BASE));
  }

  @Test
  void listsTheMethodsOfAForm() {
    assertEquals(List.of("GET", "DELETE"), TABLE.methods(Endpoint.BLOB));
    assertEquals(List.of(), TABLE.methods(Endpoint.BASE));
  }

  @Test
  void listsItsOperations() {
    assertEquals(List.of("get", "delete", "list"), TABLE.operations());
  }

  @Test
  void refusesTwoOperationsForOneRoute() {
    Route<String> route = new Route<>("GET", Endpoint.BLOB, "get");
    assertThrows(IllegalArgumentException.class, () -> new RouteTable<>(List.of(route, route)));
  }
}

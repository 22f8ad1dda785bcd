package dev.stowage.adapter.http.fuzz;

import dev.stowage.adapter.http.error.HttpRefusal;
import dev.stowage.adapter.http.route.Query;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A query is refused as malformed, or read; what was encoded comes back. */
public final class QueryFuzz {
  private static final List<String> NAMES = List.of("digest", "n", "last", "tag", "mount", "");

  private QueryFuzz() {}

  /** Tries one input: a query, and then a value in one. */
  public static void fuzzerTestOneInput(byte[] input) {
    String text = FuzzInput.text(input);
    try {
      read(Query.of(text));
    } catch (HttpRefusal e) {
      FuzzInput.require(e.answer().status() == 400, "a malformed query is the client's fault");
    }
    String encoded = URLEncoder.encode(text, StandardCharsets.UTF_8);
    Query query = Query.of("a=b&" + encoded + "x=" + encoded + "&&a=" + encoded);
    FuzzInput.require(query.all("a").equals(List.of("b", text)), "two values");
    FuzzInput.require(query.one(text + "x").orElseThrow().equals(text), "a name and its value");
  }

  private static void read(Query query) {
    for (String name : NAMES) {
      int values = query.all(name).size();
      try {
        FuzzInput.require(query.one(name).isPresent() == (values == 1), "one is one");
      } catch (HttpRefusal e) {
        FuzzInput.require(values > 1, "only several are refused");
      }
    }
  }
}

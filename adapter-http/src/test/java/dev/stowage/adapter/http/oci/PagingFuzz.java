package dev.stowage.adapter.http.oci;

import dev.stowage.adapter.http.error.HttpRefusal;
import dev.stowage.adapter.http.fuzz.FuzzInput;
import dev.stowage.adapter.http.route.Query;

/** Whatever is asked for, a page is bounded; what a Link says is read back as it was said. */
public final class PagingFuzz {
  private static final int MOST = 100;

  private PagingFuzz() {}

  /** Tries one input: a query, and then a value in a Link. */
  public static void fuzzerTestOneInput(byte[] input) {
    String text = FuzzInput.text(input);
    try {
      int size = new PageSize(MOST).of(Query.of(text));
      FuzzInput.require(size >= 0 && size <= MOST, size + " names on a page");
    } catch (HttpRefusal e) {
      FuzzInput.require(e.answer().status() == 400, "it is the client's fault");
    }
    String field = new NextLink("/v2/_catalog").with("n", 7).with("last", text).toString();
    FuzzInput.require(field.chars().allMatch(c -> c >= ' ' && c < 0x7F), "it fits into a header");
    String target = field.substring(1, field.indexOf('>'));
    FuzzInput.require(field.equals("<" + target + ">; rel=\"next\""), "nothing ends it early");
    Query query = Query.of(target.substring(target.indexOf('?') + 1));
    FuzzInput.require(query.one("last").orElseThrow().equals(text), field);
    FuzzInput.require(new PageSize(MOST).of(query) == 7, field);
  }
}

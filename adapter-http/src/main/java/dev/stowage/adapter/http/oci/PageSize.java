package dev.stowage.adapter.http.oci;

import dev.stowage.adapter.http.error.HttpRefusal;
import dev.stowage.adapter.http.route.Query;
import java.util.Optional;

/**
 * How many names a page of a list has: what the client asks for, as far as it is allowed.
 *
 * @param most the most, for those who ask for more or for nothing
 */
record PageSize(int most) {
  /** The size that a query asks for by {@code n}. */
  int of(Query query) {
    Optional<String> n = query.one("n");
    if (n.isEmpty()) {
      return most;
    }
    String digits = n.get();
    if (digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw HttpRefusal.malformed("n is a number of names, written in digits");
    }
    // Nine digits fit into an int; any more are above every limit, leading zeros or not.
    return digits.length() > 9 ? most : Math.min(most, Integer.parseInt(digits));
  }
}

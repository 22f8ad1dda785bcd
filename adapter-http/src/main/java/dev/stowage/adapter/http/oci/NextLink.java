package dev.stowage.adapter.http.oci;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;

/** The Link to the page behind this one (RFC 8288). */
final class NextLink {
  private final StringBuilder target;
  private char separator = '?';

  /** A link to a path that needs no encoding. */
  NextLink(String path) {
    target = new StringBuilder(path);
  }

  /** Adds a parameter. */
  NextLink with(String name, Object value) {
    // Forms write a space as a plus; a URI's %20 is read rightly by forms and URIs.
    String encoded =
        URLEncoder.encode(value.toString(), StandardCharsets.UTF_8).replace("+", "%20");
    target.append(separator).append(name).append('=').append(encoded);
    separator = '&';
    return this;
  }

  /** Puts the link into an answer. */
  void put(Exchange exchange) {
    exchange.headers().put(HttpHeader.LINK, toString());
  }

  /** The field's value. */
  @Override
  public String toString() {
    return "<" + target + ">; rel=\"next\"";
  }
}

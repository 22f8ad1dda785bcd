package dev.stowage.adapter.http;

import org.eclipse.jetty.server.Response;

/** Header fields that every answer has. */
final class ProtocolHeaders {
  private ProtocolHeaders() {}

  static void put(Response response) {
    response.getHeaders().put("Docker-Distribution-Api-Version", "registry/2.0");
    response.getHeaders().put("X-Content-Type-Options", "nosniff");
  }
}

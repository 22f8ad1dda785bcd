package dev.stowage.app.config;

/**
 * Where the server listens.
 *
 * @param host a name or address; an IPv6 address without its brackets
 * @param port a TCP port; 0 takes a free one
 */
public record ListenAddress(String host, int port) {
  static ListenAddress parse(String text) throws SettingException {
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? "" : text.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    } else if (host.indexOf(':') >= 0) {
      throw new SettingException("an IPv6 address stands in brackets, as in [::1]:5000");
    }
    String port = text.substring(colon + 1);
    if (host.isBlank() || !port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 0xFFFF) {
      throw new SettingException("expected HOST:PORT, as in 127.0.0.1:5000");
    }
    return new ListenAddress(host, Integer.parseInt(port));
  }
}

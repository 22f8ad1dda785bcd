package dev.stowage.app.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the server listens.
 *
 * @param host a name or address; an IPv6 address without its brackets
 * @param port a TCP port; 0 takes a free one
 */
public record ListenAddress(String host, int port) {
  private static final Pattern NAME = Pattern.compile("([0-9A-Za-z._-]+):([0-9]{1,5})");
  private static final Pattern IPV6 =
      Pattern.compile("\\[([0-9A-Fa-f.]*:[0-9A-Fa-f.:]*(?:%[0-9A-Za-z._-]+)?)]:([0-9]{1,5})");

  static ListenAddress parse(String text) throws SettingException {
    Matcher matcher = (text.startsWith("[") ? IPV6 : NAME).matcher(text);
    if (!matcher.matches() || Integer.parseInt(matcher.group(2)) > 0xFFFF) {
      throw new SettingException("expected HOST:PORT, as in 127.0.0.1:5000 or [::1]:5000");
    }
    return new ListenAddress(matcher.group(1), Integer.parseInt(matcher.group(2)));
  }

  /** The address as it is written in a setting. */
  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}

package dev.stowage.app.config;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads times: a whole number of seconds, minutes, hours or days, as in 24h. */
final class TimeSpan {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,9})([smhd])");
  private static final Map<String, Duration> UNITS =
      Map.of(
          "s", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "h", Duration.ofHours(1),
          "d", Duration.ofDays(1));
  private static final Duration LONGEST = Duration.ofDays(36_500);

  private TimeSpan() {}

  static Duration parse(String text) throws SettingException {
    Matcher matcher = FORM.matcher(text);
    Duration unit = matcher.matches() ? UNITS.get(matcher.group(2)) : null;
    if (unit == null) {
      throw new SettingException("expected a time, as in 0s, 30s, 15m, 24h or 14d");
    }
    Duration time = unit.multipliedBy(Long.parseLong(matcher.group(1)));
    if (time.compareTo(LONGEST) > 0) {
      throw new SettingException("expected a time of at most 36500d");
    }
    return time;
  }
}

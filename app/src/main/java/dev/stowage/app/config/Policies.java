package dev.stowage.app.config;

import dev.stowage.maintenance.RepositoryPattern;
import dev.stowage.maintenance.RetentionPolicy;
import dev.stowage.maintenance.UntaggedPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Reads the policies of the collector from settings. */
final class Policies {
  private static final String NEVER = "never";
  private static final String NONE = "none";

  private Policies() {}

  /** {@code never}, a time, or {@code pattern=time,...} where a time may be {@code never}. */
  static UntaggedPolicy untagged(String text) throws SettingException {
    if (text.equals(NEVER)) {
      return UntaggedPolicy.NEVER;
    }
    List<UntaggedPolicy.Rule> rules = new ArrayList<>();
    for (String rule : text.split(",", -1)) {
      int equals = rule.indexOf('=');
      RepositoryPattern pattern =
          equals < 0 ? RepositoryPattern.ALL : pattern(rule.substring(0, equals));
      rules.add(new UntaggedPolicy.Rule(pattern, expiry(rule.substring(equals + 1).strip())));
    }
    return new UntaggedPolicy(rules);
  }

  /** {@code none}, or {@code pattern=keep:N,match:RE,younger:TIME; ...}, each part at most once. */
  static RetentionPolicy retention(String text) throws SettingException {
    if (text.equals(NONE)) {
      return RetentionPolicy.KEEP_ALL;
    }
    List<RetentionPolicy.Rule> rules = new ArrayList<>();
    for (String rule : text.split(";", -1)) {
      int equals = rule.indexOf('=');
      if (equals < 0) {
        throw new SettingException("expected none, or as in team/*=keep:10,match:v.*,younger:30d");
      }
      rules.add(retention(pattern(rule.substring(0, equals)), rule.substring(equals + 1)));
    }
    return new RetentionPolicy(rules);
  }

  private static RetentionPolicy.Rule retention(RepositoryPattern pattern, String parts)
      throws SettingException {
    OptionalInt newest = OptionalInt.empty();
    Optional<Pattern> match = Optional.empty();
    Optional<Duration> younger = Optional.empty();
    for (String each : parts.split(",", -1)) {
      String part = each.strip();
      if (part.startsWith("keep:") && newest.isEmpty()) {
        newest = OptionalInt.of(number(part.substring("keep:".length())));
      } else if (part.startsWith("match:") && match.isEmpty()) {
        match = Optional.of(expression(part.substring("match:".length())));
      } else if (part.startsWith("younger:") && younger.isEmpty()) {
        younger = Optional.of(TimeSpan.parse(part.substring("younger:".length())));
      } else {
        throw new SettingException(
            "expected keep:N, match:EXPRESSION or younger:TIME, each at most once, and not \""
                + part
                + "\"");
      }
    }
    return new RetentionPolicy.Rule(pattern, newest, match, younger);
  }

  private static Optional<Duration> expiry(String text) throws SettingException {
    return text.equals(NEVER) ? Optional.empty() : Optional.of(TimeSpan.parse(text));
  }

  private static RepositoryPattern pattern(String text) throws SettingException {
    try {
      return new RepositoryPattern(text.strip());
    } catch (IllegalArgumentException e) {
      throw new SettingException("expected a repository, in which * stands for any characters");
    }
  }

  private static int number(String text) throws SettingException {
    if (!text.matches("[0-9]{1,9}")) {
      throw new SettingException("expected a number of tags to keep");
    }
    return Integer.parseInt(text);
  }

  private static Pattern expression(String text) throws SettingException {
    try {
      return Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      throw new SettingException("not a regular expression: " + e.getDescription());
    }
  }
}

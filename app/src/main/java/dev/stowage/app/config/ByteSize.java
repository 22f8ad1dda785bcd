package dev.stowage.app.config;

import java.math.BigInteger;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads sizes: a whole number of bytes, or one with a binary unit, as in 64KiB. */
final class ByteSize {
  private static final Pattern FORM = Pattern.compile("([0-9]+)(|B|KiB|MiB|GiB|TiB)");
  private static final Map<String, Integer> SHIFTS =
      Map.of("", 0, "B", 0, "KiB", 10, "MiB", 20, "GiB", 30, "TiB", 40);

  private ByteSize() {}

  static long parse(String text) throws SettingException {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new SettingException("expected a size, as in 512, 64KiB, 4MiB or 10GiB");
    }
    BigInteger size =
        new BigInteger(matcher.group(1)).shiftLeft(SHIFTS.getOrDefault(matcher.group(2), 0));
    if (size.bitLength() >= Long.SIZE) {
      throw new SettingException("expected a size below 8388608TiB");
    }
    return size.longValueExact();
  }
}

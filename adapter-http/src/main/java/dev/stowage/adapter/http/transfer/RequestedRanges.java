package dev.stowage.adapter.http.transfer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which parts of content a Range header field asks for (RFC 9110, section 14).
 *
 * <p>A unit other than bytes is ignored, as the RFC demands. Where the RFC lets a server ignore a
 * malformed set of byte ranges, it is refused here, as the conformance program of OCI expects: a
 * client that asks for {@code bytes=500-0} has made a mistake and wants to know. Several ranges
 * cost what they ask for: more than {@value #MOST_RANGES}, or ranges that together are larger than
 * the content (as overlapping ones may be), are answered with the whole.
 */
public sealed interface RequestedRanges {
  /** The most ranges that are answered one by one. */
  int MOST_RANGES = 64;

  /** All of the content. */
  record Whole() implements RequestedRanges {}

  /** Some of it: at least one part, in the order in which they were asked for. */
  record Parts(List<ByteRange> parts) implements RequestedRanges {
    /** Copies the list. */
    public Parts {
      parts = List.copyOf(parts);
    }
  }

  /** Nothing that is there. */
  record Unsatisfiable() implements RequestedRanges {}

  /**
   * What is asked for.
   *
   * @param header the field's value
   * @param size the size of the content
   */
  static RequestedRanges of(String header, long size) {
    int equals = header.indexOf('=');
    if (equals < 0 || !header.substring(0, equals).strip().equalsIgnoreCase("bytes")) {
      return new Whole();
    }
    String[] specs = header.substring(equals + 1).split(",", -1);
    List<ByteRange> parts = new ArrayList<>();
    long total = 0;
    for (String spec : specs) {
      RangeSpec asked = RangeSpec.find(spec.strip()).orElse(null);
      if (asked == null) {
        return new Unsatisfiable();
      }
      Optional<ByteRange> part = asked.in(size);
      if (part.isPresent() && parts.size() <= MOST_RANGES) {
        parts.add(part.get());
        total += part.get().length();
      }
    }
    if (parts.isEmpty()) {
      return new Unsatisfiable();
    }
    return parts.size() > MOST_RANGES || total > size ? new Whole() : new Parts(parts);
  }

  /** One range as it was written. */
  record RangeSpec(Optional<Long> first, Optional<Long> last) {
    private static final Pattern GRAMMAR = Pattern.compile("([0-9]*)-([0-9]*)");
    private static final int MOST_DIGITS = 18;

    static Optional<RangeSpec> find(String text) {
      Matcher matcher = GRAMMAR.matcher(text);
      if (!matcher.matches() || text.equals("-")) {
        return Optional.empty();
      }
      RangeSpec spec = new RangeSpec(number(matcher.group(1)), number(matcher.group(2)));
      boolean reversed =
          spec.first.isPresent() && spec.last.isPresent() && spec.last.get() < spec.first.get();
      return reversed ? Optional.empty() : Optional.of(spec);
    }

    /** The part of content of this size that the range means, if there is one. */
    Optional<ByteRange> in(long size) {
      if (first.isEmpty()) {
        long length = Math.min(last.orElse(0L), size);
        return length == 0 ? Optional.empty() : Optional.of(new ByteRange(size - length, length));
      }
      long end = Math.min(last.orElse(Long.MAX_VALUE - 1), size - 1);
      return first.get() >= size
          ? Optional.empty()
          : Optional.of(new ByteRange(first.get(), end - first.get() + 1));
    }

    /** The number; where it is too large for any content, a number that is just that. */
    private static Optional<Long> number(String digits) {
      if (digits.isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(
          digits.length() > MOST_DIGITS ? Long.MAX_VALUE - 1 : Long.parseLong(digits));
    }
  }
}

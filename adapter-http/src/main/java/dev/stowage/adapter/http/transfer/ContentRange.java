package dev.stowage.adapter.http.transfer;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a chunk of an upload belongs: {@code first-last}, both inclusive. This is the protocol's
 * own form of Content-Range, which has neither a unit nor a total.
 *
 * @param first the offset of the first byte
 * @param last the offset of the last byte, not below the first
 * @see <a href=
 *     "https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pushing-a-blob-in-chunks">
 *     OCI distribution specification, pushing a blob in chunks</a>
 */
public record ContentRange(long first, long last) {
  /** Eighteen digits always fit into a long, and no blob is larger. */
  private static final Pattern GRAMMAR = Pattern.compile("([0-9]{1,18})-([0-9]{1,18})");

  /** The range that a header field says; nothing for text of another form or a reversed range. */
  public static Optional<ContentRange> find(String text) {
    Matcher matcher = GRAMMAR.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    ContentRange range =
        new ContentRange(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)));
    return range.first <= range.last ? Optional.of(range) : Optional.empty();
  }

  /** How many bytes the chunk has. */
  public long length() {
    return last - first + 1;
  }
}

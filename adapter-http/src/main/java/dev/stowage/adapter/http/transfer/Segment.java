package dev.stowage.adapter.http.transfer;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A piece of a response's body: some text, and a part of the content behind it.
 *
 * @param prefix what comes before the part, such as the header of a part of several
 * @param part the part of the content; it may be empty
 */
record Segment(String prefix, ByteRange part) {
  static Segment of(ByteRange part) {
    return new Segment("", part);
  }

  static Segment of(String text) {
    return new Segment(text, new ByteRange(0, 0));
  }

  ByteBuffer prefixBytes() {
    return ByteBuffer.wrap(prefix.getBytes(StandardCharsets.US_ASCII));
  }

  /** How many bytes it has. */
  long length() {
    return prefix.length() + part.length();
  }
}

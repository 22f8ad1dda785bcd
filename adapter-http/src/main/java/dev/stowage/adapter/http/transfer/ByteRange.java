package dev.stowage.adapter.http.transfer;

/**
 * A part of content.
 *
 * @param offset its first byte
 * @param length how many bytes it has
 */
record ByteRange(long offset, long length) {
  /** The offset behind its last byte. */
  long end() {
    return offset + length;
  }

  /** The part as Content-Range says it, with a total of {@code size} bytes. */
  String contentRange(long size) {
    return "bytes " + offset + "-" + (end() - 1) + "/" + size;
  }
}

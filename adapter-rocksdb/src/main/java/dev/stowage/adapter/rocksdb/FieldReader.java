package dev.stowage.adapter.rocksdb;

import dev.stowage.blob.Digest;
import dev.stowage.blob.DigestAlgorithm;
import dev.stowage.spi.EdgeRole;
import dev.stowage.spi.ReviewKind;
import dev.stowage.spi.StoreTime;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * Takes fields out of bytes in the order in which {@link FieldWriter} put them in. What cannot be
 * read is refused with a {@link DamagedException}.
 */
final class FieldReader {
  private static final HexFormat HEX = HexFormat.of();

  private final byte[] bytes;
  private int position;

  FieldReader(byte[] bytes, int from) {
    this.bytes = bytes;
    this.position = from;
  }

  /** Bytes that are not what was written. */
  static final class DamagedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DamagedException(String message) {
      super(message);
    }
  }

  int octet() {
    need(1);
    return Byte.toUnsignedInt(bytes[position++]);
  }

  long number() {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE - 1; shift += 7) {
      int next = octet();
      value |= (long) (next & 0x7f) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw new DamagedException("a number is too long");
  }

  long eightBytes() {
    need(Long.BYTES);
    long value = ByteBuffer.wrap(bytes).getLong(position);
    position += Long.BYTES;
    return value;
  }

  Digest digest() {
    DigestAlgorithm algorithm =
        switch (octet()) {
          case 1 -> DigestAlgorithm.SHA256;
          case 2 -> DigestAlgorithm.SHA512;
          default -> throw new DamagedException("an algorithm is unknown");
        };
    int count = algorithm.hexLength() / 2;
    need(count);
    Digest digest = new Digest(algorithm, HEX.formatHex(bytes, position, position + count));
    position += count;
    return digest;
  }

  EdgeRole role() {
    return switch (octet()) {
      case 1 -> EdgeRole.CONFIG;
      case 2 -> EdgeRole.LAYER;
      case 3 -> EdgeRole.CHILD;
      case 4 -> EdgeRole.SUBJECT;
      default -> throw new DamagedException("a role is unknown");
    };
  }

  ReviewKind review() {
    return switch (octet()) {
      case 1 -> ReviewKind.MANIFEST;
      case 2 -> ReviewKind.BLOB;
      case 3 -> ReviewKind.HOLD;
      default -> throw new DamagedException("a kind of review is unknown");
    };
  }

  StoreTime storeTime() {
    long millis = eightBytes();
    if (millis < 0) {
      throw new DamagedException("a store's time is negative");
    }
    return new StoreTime(millis);
  }

  String name() {
    int end = position;
    while (end < bytes.length && bytes[end] != 0) {
      end++;
    }
    if (end == bytes.length) {
      throw new DamagedException("a name has no end");
    }
    String name = plainText(end);
    position++;
    return name;
  }

  String text() {
    long count = number();
    if (count > bytes.length - position) {
      throw new DamagedException("a text ends early");
    }
    return plainText(position + (int) count);
  }

  /** The text that all remaining bytes are. */
  String restAsText() {
    return plainText(bytes.length);
  }

  /** All remaining bytes, not copied. */
  ByteBuffer rest() {
    ByteBuffer rest = ByteBuffer.wrap(bytes, position, bytes.length - position).slice();
    position = bytes.length;
    return rest;
  }

  /** Makes sure that nothing is left. */
  void end() {
    if (position != bytes.length) {
      throw new DamagedException("there is more than was written");
    }
  }

  private String plainText(int end) {
    StringBuilder text = new StringBuilder(end - position);
    while (position < end) {
      int first = bytes[position++];
      if (first >= 0) {
        text.append((char) first);
      } else if ((first & 0xe0) == 0xc0) {
        text.append((char) (((first & 0x1f) << 6) | continuation(end)));
      } else if ((first & 0xf0) == 0xe0) {
        text.append((char) (((first & 0x0f) << 12) | (continuation(end) << 6) | continuation(end)));
      } else {
        throw new DamagedException("a text is not one");
      }
    }
    return text.toString();
  }

  private int continuation(int end) {
    if (position == end || (bytes[position] & 0xc0) != 0x80) {
      throw new DamagedException("a text is not one");
    }
    return bytes[position++] & 0x3f;
  }

  private void need(int count) {
    if (bytes.length - position < count) {
      throw new DamagedException("it ends early");
    }
  }
}

package dev.stowage.adapter.rocksdb;

import dev.stowage.blob.Digest;
import dev.stowage.blob.DigestAlgorithm;
import dev.stowage.spi.EdgeRole;
import dev.stowage.spi.ReviewKind;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Puts fields one behind the other, for keys and values alike. {@link FieldReader} is its inverse.
 *
 * <p>A digest, a role, eight bytes, a name and plain text order as bytes in the way that they order
 * as values, so keys are made of these; numbers and texts with a length are for values only.
 */
final class FieldWriter {
  private static final HexFormat HEX = HexFormat.of();

  private byte[] bytes = new byte[128];
  private int length;

  /** One byte. */
  FieldWriter octet(int value) {
    reserve(1);
    bytes[length++] = (byte) value;
    return this;
  }

  /** A number that is not negative, seven bits a byte, the low ones first. */
  FieldWriter number(long value) {
    if (value < 0) {
      throw new IllegalArgumentException("a negative number has no encoding here: " + value);
    }
    long rest = value;
    while (rest >= 0x80) {
      octet((int) (rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    return octet((int) rest);
  }

  /** Eight bytes, the high ones first. */
  FieldWriter eightBytes(long value) {
    reserve(Long.BYTES);
    ByteBuffer.wrap(bytes).putLong(length, value);
    length += Long.BYTES;
    return this;
  }

  /** A digest: one byte for the algorithm, in the algorithms' order, and then its raw bytes. */
  FieldWriter digest(Digest digest) {
    return octet(codeOf(digest.algorithm())).bytes(HEX.parseHex(digest.hex()));
  }

  /** What a manifest refers to something as: one byte, in the roles' order. */
  FieldWriter role(EdgeRole role) {
    return octet(codeOf(role));
  }

  /** What is put up for review: one byte, in the kinds' order. */
  FieldWriter review(ReviewKind kind) {
    return octet(codeOf(kind));
  }

  /**
   * A name and a zero byte behind it. Names have no zero byte, so none is taken for the beginning
   * of another, and a name stands before all that it is the beginning of.
   */
  FieldWriter name(String name) {
    return plainText(name).octet(0);
  }

  /** A text and its length in front of it. */
  FieldWriter text(String text) {
    int encoded = encodedLength(text);
    return number(encoded).plainText(text);
  }

  /**
   * A text without an end. Each UTF-16 unit is encoded by itself, in one to three bytes as UTF-8
   * would: so bytes order as {@link String#compareTo} does, and a lone surrogate, which JSON
   * allows, comes back as it was.
   */
  FieldWriter plainText(String text) {
    reserve(3 * text.length());
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (unit < 0x80) {
        bytes[length++] = (byte) unit;
      } else if (unit < 0x800) {
        bytes[length++] = (byte) (0xc0 | (unit >> 6));
        bytes[length++] = (byte) (0x80 | (unit & 0x3f));
      } else {
        bytes[length++] = (byte) (0xe0 | (unit >> 12));
        bytes[length++] = (byte) (0x80 | ((unit >> 6) & 0x3f));
        bytes[length++] = (byte) (0x80 | (unit & 0x3f));
      }
    }
    return this;
  }

  /** Bytes as they are. */
  FieldWriter bytes(byte[] value) {
    reserve(value.length);
    System.arraycopy(value, 0, bytes, length, value.length);
    length += value.length;
    return this;
  }

  /** A buffer's remaining bytes; its position stays. */
  FieldWriter bytes(ByteBuffer value) {
    int count = value.remaining();
    reserve(count);
    value.get(value.position(), bytes, length, count);
    length += count;
    return this;
  }

  /** All fields. */
  byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  private void reserve(int more) {
    int needed = Math.addExact(length, more);
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(needed, 2 * bytes.length));
    }
  }

  private static int encodedLength(String text) {
    int encoded = 0;
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      encoded += unit < 0x80 ? 1 : unit < 0x800 ? 2 : 3;
    }
    return encoded;
  }

  // The codes are written out: what is on disk must not follow the order of an enum's constants.
  private static int codeOf(DigestAlgorithm algorithm) {
    return switch (algorithm) {
      case SHA256 -> 1;
      case SHA512 -> 2;
    };
  }

  private static int codeOf(EdgeRole role) {
    return switch (role) {
      case CONFIG -> 1;
      case LAYER -> 2;
      case CHILD -> 3;
      case SUBJECT -> 4;
    };
  }

  private static int codeOf(ReviewKind kind) {
    return switch (kind) {
      case MANIFEST -> 1;
      case BLOB -> 2;
      case HOLD -> 3;
    };
  }
}

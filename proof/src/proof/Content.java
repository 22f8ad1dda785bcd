package proof;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SplittableRandom;

/**
 * Bytes that follow from a number, so that they need not be kept.
 *
 * @param number the number
 * @param size how many bytes there are
 * @param name the digest that they are pushed with; some are named by sha512
 */
record Content(long number, int size, String name) {
  /** From this size on, no two numbers have the same bytes. */
  private static final int ALIKE = 16;

  static Content of(long number) {
    int size = sizeOf(new SplittableRandom(number * 31 + 7));
    // Two numbers may have the same few bytes, which then need the same name to be one blob.
    String algorithm = size >= ALIKE && number % 7 == 3 ? "sha512" : "sha256";
    return new Content(number, size, digest(algorithm, bytes(number, size)));
  }

  byte[] bytes() {
    return bytes(number, size);
  }

  private static byte[] bytes(long number, int size) {
    byte[] bytes = new byte[size];
    new SplittableRandom(number).nextBytes(bytes);
    return bytes;
  }

  /** Mostly small, some of several MiB, some empty. */
  private static int sizeOf(SplittableRandom random) {
    int kind = random.nextInt(100);
    if (kind < 4) {
      return 0;
    }
    if (kind < 65) {
      return 1 + random.nextInt(16 << 10);
    }
    if (kind < 88) {
      return 1 + random.nextInt(256 << 10);
    }
    return kind < 97 ? 1 + random.nextInt(1 << 20) : 1 + random.nextInt(4 << 20);
  }

  /** The digest of bytes, in the registry's notation. */
  static String digest(String algorithm, byte[] bytes) {
    return algorithm + ":" + HexFormat.of().formatHex(digester(algorithm).digest(bytes));
  }

  static MessageDigest digester(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm.equals("sha512") ? "SHA-512" : "SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}

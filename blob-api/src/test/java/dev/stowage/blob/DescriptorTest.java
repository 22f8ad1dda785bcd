package dev.stowage.blob;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DescriptorTest {
  private static final Digest CANONICAL = Digest.parse("sha256:" + "a".repeat(64));

  @ParameterizedTest
  @ValueSource(longs = {0, 1, Long.MAX_VALUE})
  void takesAnySize(long size) {
    assertEquals(size, new Descriptor(MediaType.OCTET_STREAM, size, CANONICAL).size());
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, Long.MIN_VALUE})
  void refusesANegativeSize(long size) {
    assertThrows(
        IllegalArgumentException.class,
        () -> new Descriptor(MediaType.OCTET_STREAM, size, CANONICAL));
  }

  @Test
  void refusesADigestThatIsNotCanonical() {
    Digest alias = Digest.parse("sha512:" + "a".repeat(128));

    assertThrows(
        IllegalArgumentException.class, () -> new Descriptor(MediaType.OCTET_STREAM, 0, alias));
  }

  @Test
  void isAValue() {
    assertEquals(
        new Descriptor(new MediaType("a/b"), 1, CANONICAL),
        new Descriptor(new MediaType("a/b"), 1, Digest.parse(CANONICAL.toString())));
  }
}

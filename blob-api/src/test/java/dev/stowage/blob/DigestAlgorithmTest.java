package dev.stowage.blob;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stowage.ErrorKind;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DigestAlgorithmTest {
  @ParameterizedTest
  @CsvSource({"SHA256, sha256, 64", "SHA512, sha512, 128"})
  void hasAToken(DigestAlgorithm algorithm, String token, int hexLength) {
    assertEquals(token, algorithm.token());
    assertEquals(hexLength, algorithm.hexLength());
    assertEquals(Optional.of(algorithm), DigestAlgorithm.find(token));
    assertEquals(algorithm, DigestAlgorithm.of(token));
  }

  @Test
  void theCanonicalOneComesFirst() {
    assertEquals(
        List.of(DigestAlgorithm.SHA256, DigestAlgorithm.SHA512), List.of(DigestAlgorithm.values()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "SHA256", "sha-256", "SHA-256", "sha256 ", " sha256", "sha384", "md5", "blake3"
      })
  void knowsNoOther(String token) {
    assertEquals(Optional.empty(), DigestAlgorithm.find(token));
    DigestUnsupportedException refusal =
        assertThrows(DigestUnsupportedException.class, () -> DigestAlgorithm.of(token));
    assertEquals(ErrorKind.DIGEST_UNSUPPORTED, refusal.kind());
    assertEquals(token, refusal.algorithm());
  }

  @Test
  void aRefusalQuotesNoMoreThanItMust() {
    DigestUnsupportedException refusal =
        assertThrows(
            DigestUnsupportedException.class, () -> DigestAlgorithm.of("x".repeat(1_000_000)));
    assertTrue(refusal.getMessage().length() < 200);
  }

  @ParameterizedTest
  @EnumSource
  void computesAsOftenAsAsked(DigestAlgorithm algorithm) {
    MessageDigest one = algorithm.newMessageDigest();
    MessageDigest two = algorithm.newMessageDigest();

    assertNotSame(one, two);
    one.update((byte) 1);
    assertEquals(algorithm.hexLength() / 2, one.digest().length);
    assertArrayEquals(algorithm.newMessageDigest().digest(), two.digest());
  }

  @ParameterizedTest
  @EnumSource
  void computationsCanBeCloned(DigestAlgorithm algorithm) throws CloneNotSupportedException {
    MessageDigest original = algorithm.newMessageDigest();
    original.update((byte) 1);
    MessageDigest clone = (MessageDigest) original.clone();
    original.update((byte) 2);

    MessageDigest expected = algorithm.newMessageDigest();
    expected.update((byte) 1);
    assertArrayEquals(expected.digest(), clone.digest());
  }
}

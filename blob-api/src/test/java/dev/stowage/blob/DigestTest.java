package dev.stowage.blob;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stowage.ErrorKind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DigestTest {
  private static final String HEX = "0123456789abcdef".repeat(4);
  private static final String EMPTY_256 =
      "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
  private static final String EMPTY_512 =
      "sha512:cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce"
          + "47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e";
  private static final String ABC_256 =
      "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  private static final String ABC_512 =
      "sha512:ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
          + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f";

  @ParameterizedTest
  @ValueSource(strings = {EMPTY_256, EMPTY_512, ABC_256, ABC_512})
  void readsAndWritesDigests(String text) {
    Digest digest = Digest.parse(text);

    assertEquals(text, digest.toString());
    assertEquals(text.substring(7), digest.hex());
    assertEquals(text.substring(0, 6), digest.algorithm().token());
    assertEquals(digest, new Digest(digest.algorithm(), digest.hex()));
    assertEquals(text.startsWith("sha256:"), digest.isCanonical());
  }

  static Stream<String> notDigests() {
    return Stream.of(
        "",
        ":",
        "::",
        "sha256",
        "sha256:",
        ":abc",
        ":" + HEX,
        HEX,
        "sha256" + HEX,
        "sha256:" + HEX.substring(1),
        "sha256:" + HEX + "0",
        "sha256:" + HEX.repeat(2),
        "sha512:" + HEX,
        "sha512:" + HEX.repeat(2) + "0",
        "sha256:" + HEX.replace('a', 'A'),
        "sha256:" + HEX.toUpperCase(Locale.ROOT),
        "SHA256:" + HEX,
        "Sha256:" + HEX,
        "sha256:" + HEX.replace('a', 'g'),
        "sha256:" + HEX.substring(1) + "-",
        "sha256:" + HEX.substring(1) + "_",
        "sha256:" + HEX.substring(1) + "=",
        "sha256:" + HEX.substring(1) + ":",
        "sha256:" + HEX.substring(1) + "/",
        "sha256:" + HEX.substring(1) + " ",
        "sha256:" + HEX.substring(1) + "\u0660",
        "sha256:" + HEX.substring(1) + "\uff11",
        "sha256:" + HEX + "\n",
        "sha256:" + HEX + "\u0000",
        " sha256:" + HEX,
        "sha256: " + HEX,
        "sha256%3A" + HEX,
        "sha256::" + HEX,
        "sha256:sha256:" + HEX,
        "sha256:../../x",
        "sha256:" + "../".repeat(21) + "x",
        "sha256:baddigeststring",
        "sha256+:" + HEX,
        "+sha256:" + HEX,
        "sha256++b64:" + HEX,
        "sha256/b64:" + HEX,
        "sha256:" + "a".repeat(1_000_000),
        "a".repeat(1_000_000),
        "a+".repeat(100_000) + ":");
  }

  @ParameterizedTest
  @MethodSource("notDigests")
  void refusesWhatIsNone(String text) {
    InvalidDigestException refusal =
        assertThrows(InvalidDigestException.class, () -> Digest.parse(text));

    assertEquals(ErrorKind.DIGEST_INVALID, refusal.kind());
    assertEquals(Optional.empty(), refusal.expected());
    assertEquals(Optional.empty(), refusal.actual());
    assertTrue(refusal.getMessage().length() < 500);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "md5:d41d8cd98f00b204e9800998ecf8427e",
        "sha1:da39a3ee5e6b4b0d3255bfef95601890afd80709",
        "sha256+b64:47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU=",
        "multihash+base58:QmRZxt2b1FVZPNqd8hsiykDL3TdBDeTSPX9Kv46HmX4Gx8",
        "blake3:af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262",
        "sha384:x",
        "a.b_c-d+e:X"
      })
  void refusesOtherAlgorithmsAsUnsupported(String text) {
    DigestUnsupportedException refusal =
        assertThrows(DigestUnsupportedException.class, () -> Digest.parse(text));

    assertEquals(text.substring(0, text.indexOf(':')), refusal.algorithm());
  }

  @ParameterizedTest
  @CsvSource({"SHA256, 63", "SHA256, 65", "SHA256, 0", "SHA256, 128", "SHA512, 64", "SHA512, 127"})
  void takesExactlyTheAlgorithmsLength(DigestAlgorithm algorithm, int length) {
    assertThrows(InvalidDigestException.class, () -> new Digest(algorithm, "a".repeat(length)));
  }

  @Test
  void digestsWhatRemainsOfABuffer() {
    ByteBuffer content = ByteBuffer.wrap("-abc-".getBytes(StandardCharsets.US_ASCII));
    content.position(1).limit(4);

    assertEquals(ABC_256, Digest.canonical(content).toString());
    assertEquals(ABC_512, Digest.of(DigestAlgorithm.SHA512, content.asReadOnlyBuffer()).toString());
    assertEquals(1, content.position());
    assertEquals(4, content.limit());
    assertEquals(EMPTY_256, Digest.canonical(ByteBuffer.allocateDirect(0)).toString());
  }

  @Test
  void finishesAComputationAndResetsIt() {
    MessageDigest computation = DigestAlgorithm.SHA512.newMessageDigest();
    computation.update("abc".getBytes(StandardCharsets.US_ASCII));

    assertEquals(ABC_512, Digest.of(DigestAlgorithm.SHA512, computation).toString());
    assertEquals(EMPTY_512, Digest.of(DigestAlgorithm.SHA512, computation).toString());
  }

  @Test
  void ordersByAlgorithmAndThenByValue() {
    Digest low = Digest.parse("sha256:" + "0".repeat(64));
    Digest high = Digest.parse("sha256:" + "f".repeat(64));
    Digest other = Digest.parse("sha512:" + "0".repeat(128));

    assertEquals(List.of(low, high, other), Stream.of(other, high, low).sorted().toList());
    assertEquals(0, low.compareTo(Digest.parse(low.toString())));
  }

  @Test
  void theCanonicalAlgorithmIsSha256() {
    assertTrue(Digest.parse(EMPTY_256).isCanonical());
    assertFalse(Digest.parse(EMPTY_512).isCanonical());
  }

  @Test
  void aMismatchCarriesBothDigests() {
    Digest expected = Digest.parse(EMPTY_256);
    Digest actual = Digest.parse(ABC_256);
    InvalidDigestException refusal = InvalidDigestException.mismatch(expected, actual);

    assertEquals(Optional.of(expected), refusal.expected());
    assertEquals(Optional.of(actual), refusal.actual());
    assertTrue(refusal.getMessage().contains(ABC_256));
  }
}

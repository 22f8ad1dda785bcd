package dev.stowage.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.stowage.blob.Digest;
import dev.stowage.blob.DigestUnsupportedException;
import dev.stowage.blob.InvalidDigestException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReferenceTest {
  private static final String HEX =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

  @ParameterizedTest
  @ValueSource(strings = {"latest", HEX, "sha256", "sha256-" + HEX})
  void takesTextWithoutAColonForATag(String text) {
    assertEquals(new Reference.ByTag(new Tag(text)), Reference.parse(text));
    assertEquals(Reference.of(new Tag(text)), Reference.parse(text));
    assertEquals(text, Reference.parse(text).toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"sha256:" + HEX, "sha512:" + HEX + HEX})
  void takesTextWithAColonForADigest(String text) {
    assertEquals(new Reference.ByDigest(Digest.parse(text)), Reference.parse(text));
    assertEquals(Reference.of(Digest.parse(text)), Reference.parse(text));
    assertEquals(text, Reference.parse(text).toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {":", "a:", ":a", "sha256:baddigeststring", "sha256:A"})
  void neverTakesTextWithAColonForATag(String text) {
    assertThrows(InvalidDigestException.class, () -> Reference.parse(text).toString());
  }

  @Test
  void refusesAnUnsupportedAlgorithm() {
    assertThrows(DigestUnsupportedException.class, () -> Reference.parse("md5:0"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "-a", "a/b", "a b"})
  void refusesWhatIsNoTag(String text) {
    assertThrows(TagInvalidException.class, () -> Reference.parse(text));
  }
}

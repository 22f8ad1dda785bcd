package dev.stowage.adapter.http.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stowage.blob.Digest;
import org.junit.jupiter.api.Test;

class EntityTagTest {
  private static final EntityTag TAG = new EntityTag(Digest.parse("sha256:" + "a".repeat(64)));

  @Test
  void isTheDigestInQuotes() {
    assertEquals("\"sha256:" + "a".repeat(64) + "\"", TAG.toString());
  }

  @Test
  void isInAListThatNamesIt() {
    assertTrue(TAG.isIn(TAG.toString()));
    assertTrue(TAG.isIn("W/" + TAG));
    assertTrue(TAG.isIn("\"x\" , " + TAG));
    assertTrue(TAG.isIn("*"));
  }

  @Test
  void isInNoOtherList() {
    assertFalse(TAG.isIn("\"x\""));
    assertFalse(TAG.isIn(""));
    assertFalse(TAG.isIn(TAG.digest().toString()));
  }
}

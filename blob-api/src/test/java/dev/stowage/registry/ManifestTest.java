package dev.stowage.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stowage.blob.Descriptor;
import dev.stowage.blob.Digest;
import dev.stowage.blob.MediaType;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class ManifestTest {
  private static final byte[] BYTES = {'{', '}'};

  @Test
  void givesAViewOfItsOwnAtEveryCall() {
    Manifest manifest = manifest(ByteBuffer.wrap(BYTES));
    ByteBuffer first = manifest.content();
    first.position(2);

    assertNotSame(first, manifest.content());
    assertEquals(ByteBuffer.wrap(BYTES), manifest.content());
  }

  @Test
  void givesReadOnlyViews() {
    assertTrue(manifest(ByteBuffer.wrap(BYTES)).content().isReadOnly());
    assertTrue(manifest(ByteBuffer.allocateDirect(2)).content().isReadOnly());
  }

  @Test
  void keepsWhatRemainedOfTheBuffer() {
    ByteBuffer content = ByteBuffer.wrap(new byte[] {'-', '{', '}', '-'}).position(1).limit(3);
    Manifest manifest = manifest(content);
    content.clear();

    assertEquals(ByteBuffer.wrap(BYTES), manifest.content());
  }

  @Test
  void isAValue() {
    Manifest read = manifest(ByteBuffer.wrap(BYTES));
    read.content().get();

    assertEquals(manifest(ByteBuffer.wrap(BYTES.clone())), read);
    assertEquals(manifest(ByteBuffer.wrap(BYTES.clone())).hashCode(), read.hashCode());
  }

  private static Manifest manifest(ByteBuffer content) {
    Digest digest = Digest.canonical(content);
    return new Manifest(
        digest, new Descriptor(MediaType.OCTET_STREAM, content.remaining(), digest), content);
  }
}

package dev.stowage.adapter.http.fuzz;

import dev.stowage.adapter.http.transfer.EntityTag;
import dev.stowage.blob.Digest;
import java.nio.ByteBuffer;

/** A list of entity tags has those that stand in it, whatever else does. */
public final class EntityTagFuzz {
  private EntityTagFuzz() {}

  /** Tries one input: an If-None-Match. */
  public static void fuzzerTestOneInput(byte[] input) {
    String text = FuzzInput.text(input);
    EntityTag tag = new EntityTag(Digest.canonical(ByteBuffer.wrap(input)));
    EntityTag other = new EntityTag(Digest.canonical(ByteBuffer.allocate(input.length + 1)));
    FuzzInput.require(tag.isIn(text + "," + tag), "the tag is in its list");
    FuzzInput.require(tag.isIn(text + ",W/" + tag + " "), "a weak one is");
    boolean any = text.contains("*") || text.contains(tag.toString());
    FuzzInput.require(any || !tag.isIn(text + "," + other), "no other is");
  }
}

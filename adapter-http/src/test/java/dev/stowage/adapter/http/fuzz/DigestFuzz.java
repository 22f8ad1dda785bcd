package dev.stowage.adapter.http.fuzz;

import dev.stowage.blob.Digest;
import dev.stowage.blob.DigestUnsupportedException;
import dev.stowage.blob.InvalidDigestException;

/** A digest is refused, or is the text that it was read from. */
public final class DigestFuzz {
  private DigestFuzz() {}

  /** Tries one input: a digest. */
  public static void fuzzerTestOneInput(byte[] input) {
    String text = FuzzInput.text(input);
    Digest digest;
    try {
      digest = Digest.parse(text);
    } catch (InvalidDigestException | DigestUnsupportedException e) {
      FuzzInput.require(e.getMessage().length() < 1_000, "a refusal is short");
      return;
    }
    FuzzInput.require(digest.toString().equals(text), digest + " is not " + text);
  }
}

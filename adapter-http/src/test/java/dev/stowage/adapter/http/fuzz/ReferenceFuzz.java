package dev.stowage.adapter.http.fuzz;

import dev.stowage.adapter.http.route.Endpoint;
import dev.stowage.adapter.http.route.Target;
import dev.stowage.blob.DigestUnsupportedException;
import dev.stowage.blob.InvalidDigestException;
import dev.stowage.registry.Reference;
import dev.stowage.registry.TagInvalidException;
import java.util.Optional;

/** A reference is refused, or is the text that it was read from and may stand in a path. */
public final class ReferenceFuzz {
  private ReferenceFuzz() {}

  /** Tries one input: a tag or a digest. */
  public static void fuzzerTestOneInput(byte[] input) {
    String text = FuzzInput.text(input);
    Reference reference;
    try {
      reference = Reference.parse(text);
    } catch (InvalidDigestException | DigestUnsupportedException | TagInvalidException e) {
      return;
    }
    FuzzInput.require(reference.toString().equals(text), reference + " is not " + text);
    FuzzInput.require(
        (reference instanceof Reference.ByDigest) == text.contains(":"), "a digest has a colon");
    Optional<Target> target = Target.of("/v2/name/manifests/" + text);
    FuzzInput.require(
        target.equals(Optional.of(new Target(Endpoint.MANIFEST, "name", text))),
        text + ": " + target);
  }
}

package dev.stowage.registry;

import dev.stowage.blob.Digest;

/** What names a manifest in a repository: a tag or a digest, and nothing else. */
public sealed interface Reference {
  /** A manifest that a tag points at. */
  record ByTag(Tag tag) implements Reference {
    @Override
    public String toString() {
      return tag.toString();
    }
  }

  /** A manifest of a digest, in any supported algorithm. */
  record ByDigest(Digest digest) implements Reference {
    @Override
    public String toString() {
      return digest.toString();
    }
  }

  /** The manifest that a tag points at. */
  static Reference of(Tag tag) {
    return new ByTag(tag);
  }

  /** The manifest of a digest. */
  static Reference of(Digest digest) {
    return new ByDigest(digest);
  }

  /**
   * Reads a reference from text: what has a colon is a digest, everything else a tag.
   *
   * @throws dev.stowage.blob.InvalidDigestException if it has a colon and is no digest
   * @throws dev.stowage.blob.DigestUnsupportedException if the digest's algorithm is not supported
   * @throws TagInvalidException if it has no colon and is no tag
   */
  static Reference parse(String text) {
    return text.indexOf(':') >= 0 ? of(Digest.parse(text)) : of(new Tag(text));
  }
}

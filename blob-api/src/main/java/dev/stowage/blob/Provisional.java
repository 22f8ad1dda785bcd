package dev.stowage.blob;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a client claims of the content that it has written; the commit checks it.
 *
 * @param digest the digest of the whole content, in any supported algorithm
 * @param size its size in bytes, if the client said
 * @param mediaType what it is, if the client said; else it stays what the repository has it as, and
 *     is {@link MediaType#OCTET_STREAM} where it is new
 */
public record Provisional(Digest digest, OptionalLong size, Optional<MediaType> mediaType) {
  /** A claim of nothing but the digest. */
  public static Provisional of(Digest digest) {
    return new Provisional(digest, OptionalLong.empty(), Optional.empty());
  }
}

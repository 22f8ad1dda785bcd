package dev.stowage.adapter.http.transfer;

import dev.stowage.blob.Digest;

/**
 * The entity tag of content: its digest in quotes. Content never changes, so the tag is a strong
 * one (RFC 9110, section 8.8.3).
 */
public record EntityTag(Digest digest) {
  /** Whether an If-None-Match field names this tag, or any. The comparison is the weak one. */
  public boolean isIn(String ifNoneMatch) {
    for (String candidate : ifNoneMatch.split(",", -1)) {
      String tag = candidate.strip();
      if (tag.equals("*") || (tag.startsWith("W/") ? tag.substring(2) : tag).equals(toString())) {
        return true;
      }
    }
    return false;
  }

  /** The tag as header fields carry it. */
  @Override
  public String toString() {
    return '"' + digest.toString() + '"';
  }
}

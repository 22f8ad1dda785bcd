package dev.stowage.adapter.http.json;

import dev.stowage.blob.MediaType;

/** The body of an answer, in JSON (RFC 8259) without white space. */
public sealed interface JsonBody permits CatalogBody, ErrorBody, ReferrersBody, TagListBody {
  /** What a body without a type of its own is. */
  MediaType APPLICATION_JSON = new MediaType("application/json");

  /** The document in UTF-8, a new array at every call. */
  byte[] bytes();

  /** What the answer's Content-Type says, without a charset: clients compare it as a whole. */
  default MediaType mediaType() {
    return APPLICATION_JSON;
  }
}

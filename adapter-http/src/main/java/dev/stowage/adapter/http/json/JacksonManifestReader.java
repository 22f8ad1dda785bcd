package dev.stowage.adapter.http.json;

import dev.stowage.blob.MediaType;
import dev.stowage.spi.ManifestContent;
import dev.stowage.spi.ManifestReader;
import java.nio.ByteBuffer;

/**
 * Reads manifests in one pass over their tokens; no tree of the document is built.
 *
 * <p><b>Types.</b> Image manifests and indexes, of OCI and of Docker (schema 2), must have what
 * their type requires and nothing of the other type (CVE-2021-41190). Any other type with the
 * structured suffix {@code +json} (RFC 6839, section 3.1) is taken as an artifact, so that new and
 * withdrawn kinds of manifest can be kept: its {@code config}, {@code layers}, {@code blobs},
 * {@code manifests} and {@code subject} are read where they are present and must then be
 * descriptors, because what is not understood as a reference would not be protected as one. All
 * else is refused: Docker's schema 1, types that promise no JSON, and {@code application/json},
 * which says nothing of what the document is, so that no client could use it.
 *
 * <p><b>Absence.</b> A document need not repeat its media type, of whatever type it is. A field
 * that is {@code null} is there and has the wrong form.
 *
 * <p><b>Limits.</b> At most {@value StrictJson#MAX_DEPTH} levels of nesting and {@value
 * StrictJson#MAX_NAMES} names in the objects that are open at one time, 1,000 characters to a
 * number and 50,000 to a name.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/manifest.md">OCI image
 *     specification, image manifest</a>
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/image-index.md">OCI image
 *     specification, image index</a>
 */
public final class JacksonManifestReader implements ManifestReader {
  @Override
  public ManifestContent read(MediaType mediaType, ByteBuffer content) {
    ManifestForm form = ManifestForm.of(mediaType);
    try (StrictJson json = StrictJson.of(content)) {
      return new DocumentReader(mediaType, form, json).read();
    }
  }
}

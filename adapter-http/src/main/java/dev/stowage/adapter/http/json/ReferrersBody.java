package dev.stowage.adapter.http.json;

import dev.stowage.blob.MediaType;
import dev.stowage.registry.Referrer;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/**
 * A page of a subject's referrers: an image index that lists them.
 *
 * @param referrers what is on the page, in order; an empty list is written as one
 * @see <a href=
 *     "https://github.com/opencontainers/distribution-spec/blob/main/spec.md#listing-referrers">OCI
 *     distribution specification, listing referrers</a>
 */
public record ReferrersBody(List<Referrer> referrers) implements JsonBody {
  /** Copies the list. */
  public ReferrersBody {
    referrers = List.copyOf(referrers);
  }

  @Override
  public MediaType mediaType() {
    return ManifestForm.OCI_INDEX;
  }

  @Override
  public byte[] bytes() {
    return JsonText.object(
        json -> {
          json.writeNumberProperty("schemaVersion", 2);
          json.writeStringProperty("mediaType", mediaType().value());
          json.writeArrayPropertyStart("manifests");
          referrers.forEach(referrer -> write(referrer, json));
          json.writeEndArray();
        });
  }

  private static void write(Referrer referrer, JsonGenerator json) {
    json.writeStartObject();
    json.writeStringProperty("mediaType", referrer.descriptor().mediaType().value());
    json.writeStringProperty("digest", referrer.name().toString());
    json.writeNumberProperty("size", referrer.descriptor().size());
    referrer.artifactType().ifPresent(type -> json.writeStringProperty("artifactType", type));
    if (!referrer.annotations().isEmpty()) {
      json.writeObjectPropertyStart("annotations");
      referrer.annotations().forEach(json::writeStringProperty);
      json.writeEndObject();
    }
    json.writeEndObject();
  }
}

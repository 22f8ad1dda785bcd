package dev.stowage.adapter.http.json;

import dev.stowage.blob.MediaType;
import dev.stowage.registry.ManifestInvalidException;
import dev.stowage.spi.LayoutDocuments;
import dev.stowage.spi.LayoutEntry;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The documents of an OCI image layout, in one pass over their tokens.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/image-layout.md">OCI image
 *     specification, image layout</a>
 */
public final class JacksonLayoutDocuments implements LayoutDocuments {
  private static final String VERSION = "imageLayoutVersion";
  private static final MediaType INDEX = new MediaType("application/vnd.oci.image.index.v1+json");
  private static final MediaType IMAGE =
      new MediaType("application/vnd.oci.image.manifest.v1+json");

  @Override
  public ByteBuffer marker() {
    return ByteBuffer.wrap(JsonText.object(json -> json.writeStringProperty(VERSION, "1.0.0")));
  }

  @Override
  public void checkMarker(ByteBuffer document) {
    try (StrictJson json = StrictJson.of(document)) {
      List<String> versions = new ArrayList<>();
      json.start();
      json.object(
          name -> {
            if (name.equals(VERSION)) {
              versions.add(json.text());
            } else {
              json.skip();
            }
          });
      json.end();
      if (versions.size() != 1 || !versions.get(0).startsWith("1.")) {
        throw new ManifestInvalidException("the layout is not of version 1: " + versions);
      }
    }
  }

  @Override
  public ByteBuffer index(List<LayoutEntry> entries) {
    return ByteBuffer.wrap(
        JsonText.object(
            json -> {
              json.writeNumberProperty("schemaVersion", 2);
              json.writeStringProperty("mediaType", INDEX.value());
              json.writeArrayPropertyStart("manifests");
              for (LayoutEntry entry : entries) {
                json.writeStartObject();
                json.writeStringProperty("mediaType", entry.mediaType().value());
                json.writeStringProperty("digest", entry.digest().toString());
                json.writeNumberProperty("size", entry.size());
                if (!entry.annotations().isEmpty()) {
                  json.writeObjectPropertyStart("annotations");
                  entry.annotations().forEach(json::writeStringProperty);
                  json.writeEndObject();
                }
                json.writeEndObject();
              }
              json.writeEndArray();
            }));
  }

  @Override
  public List<LayoutEntry> index(ByteBuffer document) {
    List<LayoutEntry> entries = new ArrayList<>();
    try (StrictJson json = StrictJson.of(document)) {
      DescriptorReader descriptors = new DescriptorReader(json);
      json.start();
      json.object(
          name -> {
            if (name.equals("manifests")) {
              json.array(() -> entries.add(descriptors.readEntry()));
            } else {
              json.skip();
            }
          });
      json.end();
    }
    return entries;
  }

  @Override
  public MediaType typeOf(ByteBuffer manifest) {
    Set<String> names = new HashSet<>();
    List<MediaType> said = new ArrayList<>();
    try (StrictJson json = StrictJson.of(manifest)) {
      json.start();
      json.object(
          name -> {
            names.add(name);
            if (name.equals("mediaType")) {
              said.add(new MediaType(json.text()));
            } else {
              json.skip();
            }
          });
    }
    return said.stream()
        .findFirst()
        .or(() -> names.contains("manifests") ? Optional.of(INDEX) : Optional.empty())
        .or(() -> names.contains("config") ? Optional.of(IMAGE) : Optional.empty())
        .orElseThrow(
            () -> new ManifestInvalidException("the document has not the form of a manifest"));
  }
}

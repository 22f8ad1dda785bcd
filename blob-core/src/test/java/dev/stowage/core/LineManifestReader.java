package dev.stowage.core;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stowage.blob.Digest;
import dev.stowage.blob.MediaType;
import dev.stowage.registry.ManifestInvalidException;
import dev.stowage.spi.EdgeRole;
import dev.stowage.spi.ManifestContent;
import dev.stowage.spi.ManifestReader;
import dev.stowage.spi.ManifestReference;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads documents of a form of its own: a line {@code ROLE media-type size digest} a reference, and
 * lines {@code artifact-type type} and {@code annotation key value}.
 */
final class LineManifestReader implements ManifestReader {
  static final MediaType TYPE = new MediaType("text/lines");

  static String line(EdgeRole role, Digest digest, long size) {
    return role + " application/octet-stream " + size + " " + digest + "\n";
  }

  static String lines(
      List<ManifestReference> references,
      Optional<String> artifactType,
      Map<String, String> annotations) {
    StringBuilder lines = new StringBuilder("# a manifest\n");
    for (ManifestReference each : references) {
      lines.append(
          "%s %s %d %s\n".formatted(each.role(), each.mediaType(), each.size(), each.digest()));
    }
    artifactType.ifPresent(type -> lines.append("artifact-type " + type + "\n"));
    annotations.forEach((key, value) -> lines.append("annotation " + key + " " + value + "\n"));
    return lines.toString();
  }

  @Override
  public ManifestContent read(MediaType mediaType, ByteBuffer content) {
    List<ManifestReference> references = new ArrayList<>();
    Map<String, String> annotations = new LinkedHashMap<>();
    String artifactType = "test";
    for (String line : UTF_8.decode(content.duplicate()).toString().lines().toList()) {
      String[] fields = line.split(" ", -1);
      if (fields.length == 4) {
        references.add(
            new ManifestReference(
                EdgeRole.valueOf(fields[0]),
                new MediaType(fields[1]),
                Long.parseLong(fields[2]),
                Digest.parse(fields[3])));
      } else if (fields.length == 3 && fields[0].equals("annotation")) {
        annotations.put(fields[1], fields[2]);
      } else if (fields.length == 2 && fields[0].equals("artifact-type")) {
        artifactType = fields[1];
      } else if (!line.startsWith("#")) {
        throw new ManifestInvalidException("not a line of a manifest: " + line);
      }
    }
    return new ManifestContent(references, Optional.of(artifactType), annotations);
  }
}

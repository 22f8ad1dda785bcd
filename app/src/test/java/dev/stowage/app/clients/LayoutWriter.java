package dev.stowage.app.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

/** Writes images into an OCI image layout, without any program or network. */
final class LayoutWriter {
  private static final String TYPES = "application/vnd.oci.image.";

  private final Path directory;
  private final List<String> named = new ArrayList<>();

  /** A writer into a directory that does not exist yet. */
  LayoutWriter(Path directory) throws IOException {
    this.directory = directory;
    Files.createDirectories(directory.resolve("blobs/sha256"));
    Files.writeString(directory.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
  }

  /** A gzip layer; the level is that of {@link java.util.zip.Deflater}. */
  Layer layer(int level, LayerContent content) throws IOException {
    MessageDigest unpacked = Sha256.start();
    MessageDigest packed = Sha256.start();
    Path file = Files.createTempFile(directory, "layer", ".tmp");
    try (OutputStream blob =
            new DigestOutputStream(
                new BufferedOutputStream(Files.newOutputStream(file), 1 << 16), packed);
        OutputStream gzip = new Gzip(blob, level);
        OutputStream tar = new DigestOutputStream(gzip, unpacked)) {
      TarWriter writer = new TarWriter(tar);
      content.writeTo(writer);
      writer.end();
    }
    String digest = Sha256.finish(packed);
    long size = Files.size(file);
    Files.move(file, new OciLayout(directory).blob(digest));
    return new Layer(
        new Entry(TYPES + "layer.v1.tar+gzip", digest, size, ""), Sha256.finish(unpacked));
  }

  /** An image of one platform, under a name of its own. */
  Entry image(String name, String architecture, List<Layer> layers) throws IOException {
    String created = "1970-01-01T00:00:00Z";
    Entry config =
        document(
            "config.v1+json",
            """
            {"architecture":"%s","os":"linux","created":"%s","config":{"Cmd":["/bin/sh"]},\
            "rootfs":{"type":"layers","diff_ids":[%s]},"history":[%s]}\
            """
                .formatted(
                    architecture,
                    created,
                    layers.stream().map(l -> "\"" + l.diffId() + "\"").collect(joining(",")),
                    layers.stream()
                        .map(l -> "{\"created\":\"" + created + "\",\"created_by\":\"test\"}")
                        .collect(joining(","))),
            "");
    Entry manifest =
        document(
            "manifest.v1+json",
            """
            {"schemaVersion":2,"mediaType":"%smanifest.v1+json","config":%s,"layers":[%s]}\
            """
                .formatted(
                    TYPES,
                    config.json(),
                    layers.stream().map(l -> l.blob().json()).collect(joining(","))),
            ",\"platform\":{\"architecture\":\"" + architecture + "\",\"os\":\"linux\"}");
    return named(name, manifest);
  }

  /** An index of images, under a name of its own. */
  Entry index(String name, List<Entry> images) throws IOException {
    return named(
        name,
        document(
            "index.v1+json",
            """
            {"schemaVersion":2,"mediaType":"%sindex.v1+json","manifests":[%s]}\
            """
                .formatted(TYPES, images.stream().map(Entry::json).collect(joining(","))),
            ""));
  }

  OciLayout finish() throws IOException {
    Files.writeString(
        directory.resolve("index.json"),
        "{\"schemaVersion\":2,\"manifests\":[" + String.join(",", named) + "]}");
    return new OciLayout(directory);
  }

  private Entry named(String name, Entry entry) {
    named.add(
        entry.with(",\"annotations\":{\"org.opencontainers.image.ref.name\":\"" + name + "\"}"));
    return entry;
  }

  private Entry document(String type, String json, String more) throws IOException {
    byte[] content = json.getBytes(UTF_8);
    String digest = Sha256.of(content);
    Files.write(new OciLayout(directory).blob(digest), content);
    return new Entry(TYPES + type, digest, content.length, more);
  }

  /** What a layer's archive holds. */
  @FunctionalInterface
  interface LayerContent {
    void writeTo(TarWriter tar) throws IOException;
  }

  /** A compressed layer and the digest of its archive. */
  record Layer(Entry blob, String diffId) {}

  /** A descriptor; more is JSON that follows its three fields. */
  record Entry(String mediaType, String digest, long size, String more) {
    String json() {
      return with("");
    }

    private String with(String further) {
      return String.format(
          Locale.ROOT,
          "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d%s%s}",
          mediaType,
          digest,
          size,
          more,
          further);
    }
  }

  /** Gzip with a choice of level: not compressing what is random saves most of the time. */
  private static final class Gzip extends GZIPOutputStream {
    Gzip(OutputStream out, int level) throws IOException {
      super(out, 1 << 16);
      def.setLevel(level);
    }
  }
}

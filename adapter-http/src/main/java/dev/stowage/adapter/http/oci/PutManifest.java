package dev.stowage.adapter.http.oci;

import dev.stowage.adapter.http.error.HttpRefusal;
import dev.stowage.adapter.http.error.OciCode;
import dev.stowage.adapter.http.transfer.BodyMemory;
import dev.stowage.blob.MediaType;
import dev.stowage.registry.ManifestInvalidException;
import dev.stowage.registry.ManifestTooLargeException;
import dev.stowage.registry.Manifests;
import dev.stowage.registry.PushedManifest;
import dev.stowage.registry.Reference;
import dev.stowage.registry.Tag;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpHeader;

/** Takes a manifest in and moves tags to it (end-7a, 7b). */
final class PutManifest implements Operation {
  private static final int MOST_TAGS = 100;
  private static final int MOST_MEMORY = 64 * 1024 * 1024;

  private final BodyMemory memory = new BodyMemory(MOST_MEMORY);

  @Override
  public void handle(Exchange exchange) throws IOException {
    Reference reference = exchange.reference();
    List<Tag> tags = tags(exchange);
    MediaType mediaType =
        exchange
            .header(HttpHeader.CONTENT_TYPE)
            .map(MediaType::parse)
            .orElseThrow(
                () -> new ManifestInvalidException("a manifest comes with a Content-Type"));
    Manifests manifests = exchange.repository().manifests();
    PushedManifest pushed;
    try (BodyMemory.Held held = memory.hold()) {
      ByteBuffer content = content(exchange, manifests.maxSize(), held);
      pushed = manifests.put(reference, mediaType, content, tags);
    }
    exchange.headers().put(HttpHeader.LOCATION, Paths.manifest(exchange.name(), pushed.name()));
    exchange.headers().put(Fields.CONTENT_DIGEST, pushed.name().toString());
    pushed.subject().ifPresent(s -> exchange.headers().put(Fields.SUBJECT, s.toString()));
    if (!tags.isEmpty()) {
      pushed.tags().forEach(tag -> exchange.headers().add(Fields.TAG, tag.value()));
    }
    exchange.end(201);
  }

  private static List<Tag> tags(Exchange exchange) {
    List<String> tags = exchange.query().all("tag");
    if (tags.size() > MOST_TAGS) {
      throw HttpRefusal.of(414, OciCode.UNSUPPORTED, "a push moves at most " + MOST_TAGS + " tags");
    }
    return tags.stream().map(Tag::new).collect(Collectors.toUnmodifiableList());
  }

  private static ByteBuffer content(Exchange exchange, int maxSize, BodyMemory.Held held)
      throws IOException {
    long announced = exchange.contentLength().orElse(-1);
    if (announced > maxSize) {
      throw new ManifestTooLargeException(maxSize);
    }
    ByteBuffer content = exchange.body().readUpTo(announced, maxSize, held);
    if (content.remaining() > maxSize) {
      throw new ManifestTooLargeException(maxSize);
    }
    return content;
  }
}

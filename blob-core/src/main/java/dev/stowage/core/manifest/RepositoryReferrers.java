package dev.stowage.core.manifest;

import dev.stowage.blob.Digest;
import dev.stowage.core.digest.Aliases;
import dev.stowage.registry.Page;
import dev.stowage.registry.Referrer;
import dev.stowage.registry.Referrers;
import dev.stowage.registry.RepositoryName;
import dev.stowage.spi.FactReader;
import dev.stowage.spi.MetadataStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The manifests of one repository by their subjects. */
public final class RepositoryReferrers implements Referrers {
  /** Few at a time, since each may carry megabytes of annotations. */
  private static final int BATCH = 16;

  private static final long FIELDS = 200;

  private final RepositoryName repository;
  private final MetadataStore store;

  /** The referrers in {@code repository}. */
  public RepositoryReferrers(RepositoryName repository, MetadataStore store) {
    this.repository = repository;
    this.store = store;
  }

  @Override
  public Page<Referrer> list(
      Digest subject, Optional<String> artifactType, Optional<Digest> after, int maxBytes)
      throws IOException {
    return store.read(facts -> page(facts, subject, artifactType, after, maxBytes));
  }

  private Page<Referrer> page(
      FactReader facts,
      Digest subject,
      Optional<String> artifactType,
      Optional<Digest> after,
      int maxBytes)
      throws IOException {
    Digest target = Aliases.resolve(facts, subject).orElse(subject);
    List<Referrer> page = new ArrayList<>();
    long bytes = 0;
    Optional<Digest> last = after;
    List<Referrer> batch;
    do {
      batch = facts.referrers(repository, target, last, BATCH);
      for (Referrer referrer : batch) {
        last = Optional.of(referrer.descriptor().digest());
        if (artifactType.isPresent() && !artifactType.equals(referrer.artifactType())) {
          continue;
        }
        bytes += jsonSize(referrer);
        if (bytes > maxBytes && !page.isEmpty()) {
          return new Page<>(page, true);
        }
        page.add(referrer);
      }
    } while (batch.size() == BATCH);
    return new Page<>(page, false);
  }

  private static long jsonSize(Referrer referrer) {
    long size = FIELDS + referrer.name().toString().length();
    size += jsonSize(referrer.descriptor().mediaType().value());
    size += jsonSize(referrer.artifactType().orElse(""));
    for (Map.Entry<String, String> annotation : referrer.annotations().entrySet()) {
      size += jsonSize(annotation.getKey()) + jsonSize(annotation.getValue()) + 6;
    }
    return size;
  }

  /** The bytes that a text takes in JSON and UTF-8: control characters are escaped in six. */
  private static long jsonSize(String text) {
    long size = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x20) {
        size += 6;
      } else if (c < 0x80) {
        size += c == '"' || c == '\\' ? 2 : 1;
      } else {
        size += 3;
      }
    }
    return size;
  }
}

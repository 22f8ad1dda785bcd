package dev.stowage.core.migrate;

import dev.stowage.StowageException;
import dev.stowage.blob.Digest;
import dev.stowage.registry.ManifestInvalidException;
import dev.stowage.registry.Registry;
import dev.stowage.registry.Repository;
import dev.stowage.registry.RepositoryName;
import dev.stowage.registry.Tag;
import dev.stowage.spi.DistributionSource;
import dev.stowage.spi.LayoutDocuments;
import dev.stowage.spi.ManifestReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** One take-over of a store of the distribution registry. */
final class DistributionImport {
  private final Registry registry;
  private final ManifestReader reader;
  private final LayoutDocuments documents;
  private final DistributionSource source;
  private final Taken taken;

  DistributionImport(
      Registry registry,
      ManifestReader reader,
      LayoutDocuments documents,
      DistributionSource source,
      Taken taken) {
    this.registry = registry;
    this.reader = reader;
    this.documents = documents;
    this.source = source;
    this.taken = taken;
  }

  void run() throws IOException {
    for (RepositoryName name : source.repositories(this::strange)) {
      Repository repository = registry.repository(name);
      ContentPush push = new ContentPush(repository, reader, source::open, taken);
      blobs(name, push);
      manifests(name, push);
    }
  }

  private void blobs(RepositoryName name, ContentPush push) throws IOException {
    for (Digest digest : source.layers(name, this::strange)) {
      try {
        if (!push.blob(digest, OptionalLong.empty())) {
          taken.failed(name + "@" + digest, "its bytes are not there");
        }
      } catch (StowageException e) {
        taken.failed(name + "@" + digest, e);
      }
    }
  }

  private void manifests(RepositoryName name, ContentPush push) throws IOException {
    Map<Digest, List<Tag>> tags = new TreeMap<>();
    source
        .tags(name, this::strange)
        .forEach((tag, digest) -> tags.computeIfAbsent(digest, d -> new ArrayList<>()).add(tag));
    for (Digest digest : source.manifests(name, this::strange)) {
      manifest(name, digest, Optional.ofNullable(tags.remove(digest)).orElse(List.of()), push);
    }
    tags.forEach(
        (digest, left) ->
            left.forEach(tag -> taken.failed(name + ":" + tag, "there is no manifest " + digest)));
  }

  private void manifest(RepositoryName name, Digest digest, List<Tag> tags, ContentPush push)
      throws IOException {
    try {
      ByteBuffer content =
          push.read(digest)
              .orElseThrow(() -> new ManifestInvalidException("its bytes are not there"));
      push.manifest(digest, documents.typeOf(content), tags);
    } catch (StowageException e) {
      taken.failed(name + "@" + digest, e);
      tags.forEach(tag -> taken.failed(name + ":" + tag, "its manifest was left out"));
    }
  }

  private void strange(String what) {
    taken.failed(what, "this is none of the distribution registry's");
  }
}

package dev.stowage.core.migrate;

import dev.stowage.StowageException;
import dev.stowage.registry.ManifestInvalidException;
import dev.stowage.registry.ManifestTooLargeException;
import dev.stowage.registry.Repository;
import dev.stowage.registry.Tag;
import dev.stowage.registry.TagInvalidException;
import dev.stowage.spi.LayoutDocuments;
import dev.stowage.spi.LayoutEntry;
import dev.stowage.spi.LayoutSource;
import dev.stowage.spi.ManifestReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import java.util.Optional;

/** One import of a layout. */
final class LayoutImport {
  private static final int LARGEST_INDEX = 64 << 20;

  private final Repository repository;
  private final LayoutDocuments documents;
  private final LayoutSource source;
  private final Taken taken;
  private final ContentPush push;

  LayoutImport(
      Repository repository,
      ManifestReader reader,
      LayoutDocuments documents,
      LayoutSource source,
      Taken taken) {
    this.repository = repository;
    this.documents = documents;
    this.source = source;
    this.taken = taken;
    this.push =
        new ContentPush(repository, reader, digest -> source.open(LayoutNames.of(digest)), taken);
  }

  void run(Optional<Tag> tag) throws IOException {
    documents.checkMarker(read(LayoutNames.MARKER));
    List<LayoutEntry> entries = documents.index(read(LayoutNames.INDEX));
    if (tag.isPresent()) {
      LayoutEntry only = only(entries, tag.get());
      push.manifest(only.digest(), only.mediaType(), List.of(tag.get()));
      return;
    }
    for (LayoutEntry entry : entries) {
      try {
        push.manifest(entry.digest(), entry.mediaType(), tags(entry));
      } catch (StowageException e) {
        taken.failed(repository.name() + "@" + entry.digest(), e);
      }
    }
  }

  private static LayoutEntry only(List<LayoutEntry> entries, Tag tag) {
    List<LayoutEntry> named =
        entries.stream().filter(e -> e.name().equals(Optional.of(tag.value()))).toList();
    List<LayoutEntry> candidates = named.isEmpty() ? entries : named;
    if (candidates.size() != 1) {
      throw new ManifestInvalidException(
          "the layout has %d manifests and not one that is named %s"
              .formatted(entries.size(), tag));
    }
    return candidates.get(0);
  }

  /** The tag in an entry's name, which some programs make a whole reference. */
  private List<Tag> tags(LayoutEntry entry) {
    if (entry.name().isEmpty()) {
      return List.of();
    }
    String name = entry.name().get();
    String last = name.substring(name.lastIndexOf('/') + 1);
    try {
      return List.of(new Tag(last.substring(last.lastIndexOf(':') + 1)));
    } catch (TagInvalidException e) {
      taken.failed(repository.name() + "@" + entry.digest() + " as a tag", e);
      return List.of();
    }
  }

  private ByteBuffer read(String name) throws IOException {
    Optional<SeekableByteChannel> content = source.open(name);
    if (content.isEmpty()) {
      throw new ManifestInvalidException("this is no OCI image layout: it has no " + name);
    }
    try (SeekableByteChannel channel = content.get()) {
      if (channel.size() > LARGEST_INDEX) {
        throw new ManifestTooLargeException(LARGEST_INDEX);
      }
      return ContentPush.readFully(channel);
    }
  }
}

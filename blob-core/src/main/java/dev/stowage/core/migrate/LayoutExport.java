package dev.stowage.core.migrate;

import dev.stowage.blob.BlobUnknownException;
import dev.stowage.blob.Digest;
import dev.stowage.blob.MediaType;
import dev.stowage.maintenance.ExportReport;
import dev.stowage.maintenance.Progress;
import dev.stowage.registry.Manifest;
import dev.stowage.registry.Page;
import dev.stowage.registry.Reference;
import dev.stowage.registry.Referrer;
import dev.stowage.registry.Repository;
import dev.stowage.registry.Tag;
import dev.stowage.spi.EdgeRole;
import dev.stowage.spi.LayoutDocuments;
import dev.stowage.spi.LayoutEntry;
import dev.stowage.spi.LayoutTarget;
import dev.stowage.spi.ManifestReader;
import dev.stowage.spi.ManifestReference;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One export: manifests are visited one after another, each with what it refers to. */
final class LayoutExport {
  private static final int PAGE = 1_000;
  private static final int PAGE_BYTES = 1 << 20;

  private final Repository repository;
  private final ManifestReader reader;
  private final LayoutDocuments documents;
  private final LayoutTarget target;
  private final Progress progress;

  private final List<LayoutEntry> index = new ArrayList<>();
  private final List<Tag> tags = new ArrayList<>();
  private final Set<Digest> written = new HashSet<>();
  private final Set<Digest> listed = new HashSet<>();
  private final Set<Digest> missing = new LinkedHashSet<>();
  private long manifests;
  private long blobs;
  private long bytes;

  LayoutExport(
      Repository repository,
      ManifestReader reader,
      LayoutDocuments documents,
      LayoutTarget target,
      Progress progress) {
    this.repository = repository;
    this.reader = reader;
    this.documents = documents;
    this.target = target;
    this.progress = progress;
  }

  /** One manifest, by a tag that becomes its name, or by its digest. */
  void one(Reference reference) throws IOException {
    root(repository.manifests().get(reference), tag(reference), false);
  }

  /** All tags, and what refers to them. */
  void all() throws IOException {
    Optional<Tag> last = Optional.empty();
    Page<Tag> page;
    do {
      page = repository.tags().list(last, PAGE);
      for (Tag tag : page.items()) {
        last = Optional.of(tag);
        // One that is not found was deleted meanwhile.
        Optional<Manifest> manifest = repository.manifests().find(Reference.of(tag));
        if (manifest.isPresent()) {
          root(manifest.get(), last, true);
        }
      }
    } while (page.more());
  }

  ExportReport finish(Path as) throws IOException {
    add(LayoutNames.INDEX, documents.index(index));
    add(LayoutNames.MARKER, documents.marker());
    target.finish();
    return new ExportReport(
        repository.name(), as.toString(), tags, manifests, blobs, bytes, List.copyOf(missing));
  }

  private static Optional<Tag> tag(Reference reference) {
    return reference instanceof Reference.ByTag byTag ? Optional.of(byTag.tag()) : Optional.empty();
  }

  private void root(Manifest root, Optional<Tag> tag, boolean withReferrers) throws IOException {
    list(root, tag);
    tag.ifPresent(tags::add);
    Deque<Manifest> waiting = new ArrayDeque<>(List.of(root));
    while (!waiting.isEmpty()) {
      Manifest manifest = waiting.pop();
      if (!written.contains(manifest.name())) {
        write(manifest, waiting);
        if (withReferrers) {
          addReferrers(manifest, waiting);
        }
      }
    }
  }

  private void list(Manifest manifest, Optional<Tag> tag) {
    listed.add(manifest.name());
    index.add(
        new LayoutEntry(
            manifest.descriptor().mediaType(),
            manifest.descriptor().size(),
            manifest.name(),
            tag.map(name -> Map.of(LayoutEntry.REF_NAME, name.value())).orElse(Map.of())));
  }

  private void addReferrers(Manifest subject, Deque<Manifest> waiting) throws IOException {
    Optional<Digest> last = Optional.empty();
    Page<Referrer> page;
    do {
      page =
          repository
              .referrers()
              .list(subject.descriptor().digest(), Optional.empty(), last, PAGE_BYTES);
      for (Referrer referrer : page.items()) {
        last = Optional.of(referrer.descriptor().digest());
        Optional<Manifest> found = repository.manifests().find(Reference.of(referrer.name()));
        if (found.isPresent()) {
          if (!listed.contains(found.get().name())) {
            list(found.get(), Optional.empty());
          }
          waiting.push(found.get());
        }
      }
    } while (page.more());
  }

  private void write(Manifest manifest, Deque<Manifest> waiting) throws IOException {
    progress.tell("manifest " + manifest.name());
    for (ManifestReference each :
        reader.read(manifest.descriptor().mediaType(), manifest.content()).references()) {
      if (each.role() == EdgeRole.SUBJECT || written.contains(each.digest())) {
        continue;
      }
      Optional<Manifest> child =
          each.role() == EdgeRole.CHILD
              ? repository.manifests().find(Reference.of(each.digest()))
              : Optional.empty();
      if (child.isPresent()) {
        waiting.push(child.get());
      } else {
        writeBlob(each);
      }
    }
    written.add(manifest.name());
    manifests++;
    bytes += manifest.content().remaining();
    add(LayoutNames.of(manifest.name()), manifest.content());
  }

  private void writeBlob(ManifestReference reference) throws IOException {
    Digest digest = reference.digest();
    try (SeekableByteChannel content = repository.blobs().open(digest)) {
      long size = content.size();
      target.add(
          LayoutNames.of(digest), size, new WatchedChannel(content, "blob " + digest, progress));
      written.add(digest);
      blobs++;
      bytes += size;
    } catch (BlobUnknownException e) {
      if (!isElsewhere(reference.mediaType())) {
        missing.add(digest);
      }
    }
  }

  /** Layers that clients fetch from the addresses that their descriptors give. */
  static boolean isElsewhere(MediaType type) {
    return type.value().contains(".nondistributable.") || type.value().contains(".foreign.");
  }

  private void add(String name, ByteBuffer content) throws IOException {
    target.add(name, content.remaining(), new BufferChannel(content));
  }
}

package dev.stowage.core.manifest;

import dev.stowage.blob.Descriptor;
import dev.stowage.blob.Digest;
import dev.stowage.blob.MediaType;
import dev.stowage.core.digest.Aliases;
import dev.stowage.core.journal.Holds;
import dev.stowage.core.journal.Journal;
import dev.stowage.core.review.Reviews;
import dev.stowage.registry.ManifestInvalidException;
import dev.stowage.registry.ManifestReferenceUnknownException;
import dev.stowage.registry.Referrer;
import dev.stowage.registry.RepositoryName;
import dev.stowage.registry.Tag;
import dev.stowage.spi.BlobLink;
import dev.stowage.spi.Edge;
import dev.stowage.spi.EdgeRole;
import dev.stowage.spi.FactReader;
import dev.stowage.spi.FactWriter;
import dev.stowage.spi.ManifestContent;
import dev.stowage.spi.ManifestReference;
import dev.stowage.spi.StoredBlob;
import dev.stowage.spi.StoredManifest;
import dev.stowage.spi.TagTarget;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * One push of a manifest, as one transaction: what it refers to is here, or nothing is changed.
 *
 * @param repository where it goes
 * @param manifest the manifest
 * @param content what it says
 * @param tags the tags that move to it
 * @param at when this happens
 * @param sparse whether what it refers to may be missing
 * @param reviews puts up for review what loses its last reference or name
 * @param journal writes down what happens to the tags
 */
public record ManifestPush(
    RepositoryName repository,
    StoredManifest manifest,
    ManifestContent content,
    Set<Tag> tags,
    Instant at,
    boolean sparse,
    Reviews reviews,
    Journal journal) {
  /**
   * Layers that a registry need not hold: clients fetch them from the addresses in {@code urls}.
   */
  private static final Set<MediaType> NON_DISTRIBUTABLE =
      Set.of(
          new MediaType("application/vnd.oci.image.layer.nondistributable.v1.tar"),
          new MediaType("application/vnd.oci.image.layer.nondistributable.v1.tar+gzip"),
          new MediaType("application/vnd.oci.image.layer.nondistributable.v1.tar+zstd"),
          new MediaType("application/vnd.docker.image.rootfs.foreign.diff.tar.gzip"));

  /** Does it. */
  public void run(FactWriter facts) throws IOException {
    checkReferences(facts);
    if (!facts.hasRepository(repository)) {
      facts.putRepository(repository);
    }
    Aliases.record(facts, manifest.pushedWith(), digest());
    write(facts);
    Set<Digest> untagged = new LinkedHashSet<>();
    for (Tag tag : tags) {
      Optional<TagTarget> before = facts.tag(repository, tag);
      TagTarget now = new TagTarget(tag, digest(), manifest.pushedWith(), at);
      before.map(TagTarget::manifest).ifPresent(untagged::add);
      facts.putTag(repository, now);
      journal.tagged(facts, repository, before, now);
    }
    untagged.remove(digest());
    for (Digest old : untagged) {
      reviews.unnamed(facts, repository, old);
    }
    // Also where nothing was written: its pusher is told that it is here.
    reviews.unnamed(facts, repository, digest());
  }

  private Digest digest() {
    return manifest.descriptor().digest();
  }

  private void checkReferences(FactReader facts) throws IOException {
    Set<Digest> missing = new LinkedHashSet<>();
    for (ManifestReference reference : content.references()) {
      OptionalLong size = sizeHere(facts, reference);
      if (size.isEmpty()) {
        if (mustBeHere(reference)) {
          missing.add(reference.digest());
        }
      } else if (size.getAsLong() != reference.size()) {
        throw new ManifestInvalidException(
            reference.digest()
                + " has "
                + size.getAsLong()
                + " bytes, the manifest says "
                + reference.size());
      }
    }
    if (!missing.isEmpty()) {
      throw new ManifestReferenceUnknownException(List.copyOf(missing));
    }
  }

  private boolean mustBeHere(ManifestReference reference) {
    return !sparse
        && reference.role() != EdgeRole.SUBJECT
        && !NON_DISTRIBUTABLE.contains(reference.mediaType());
  }

  /** The size of what a reference leads to. An index may list blobs, as build caches do. */
  private OptionalLong sizeHere(FactReader facts, ManifestReference reference) throws IOException {
    Optional<Digest> canonical = Aliases.resolve(facts, reference.digest());
    if (canonical.isEmpty()) {
      return OptionalLong.empty();
    }
    if (reference.role() == EdgeRole.CHILD || reference.role() == EdgeRole.SUBJECT) {
      Optional<StoredManifest> child = facts.manifest(repository, canonical.get());
      if (child.isPresent()) {
        return OptionalLong.of(child.get().descriptor().size());
      }
    }
    Optional<BlobLink> link = facts.link(repository, canonical.get());
    Optional<StoredBlob> blob = link.isEmpty() ? Optional.empty() : facts.blob(canonical.get());
    return blob.isEmpty() ? OptionalLong.empty() : OptionalLong.of(blob.get().size());
  }

  private void write(FactWriter facts) throws IOException {
    Optional<StoredManifest> before = facts.manifest(repository, digest());
    if (before.isPresent()
        && before.get().descriptor().equals(manifest.descriptor())
        && before.get().pushedWith().equals(manifest.pushedWith())) {
      return;
    }
    // The same bytes may have been pushed as another type, and then said something else.
    List<Edge> released = ManifestRemoval.removeEdges(facts, repository, digest());
    facts.putManifest(repository, manifest);
    for (ManifestReference reference : content.references()) {
      Digest target = Aliases.resolve(facts, reference.digest()).orElse(reference.digest());
      facts.putEdge(repository, new Edge(digest(), reference.role(), target));
      if (reference.role() == EdgeRole.SUBJECT) {
        facts.putReferrer(repository, target, referrer());
      } else {
        Reviews.needed(facts, repository, target);
      }
    }
    reviews.released(facts, repository, released);
    if (before.isEmpty()) {
      // What is there again is held no longer. Bytes that are free by that go with the next
      // collection.
      Holds.end(facts, repository, digest());
    }
  }

  private Referrer referrer() {
    Descriptor descriptor = manifest.descriptor();
    return new Referrer(
        manifest.pushedWith(), descriptor, content.artifactType(), content.annotations());
  }
}

package dev.stowage.app.property;

import static dev.stowage.blob.DigestAlgorithm.SHA256;

import dev.stowage.ErrorKind;
import dev.stowage.app.property.Document.Part;
import dev.stowage.blob.Digest;
import dev.stowage.core.CoreOptions;
import dev.stowage.registry.Reference;
import dev.stowage.registry.RepositoryName;
import dev.stowage.registry.Tag;
import dev.stowage.spi.EdgeRole;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a registry holds, in maps, and what may be done to it. */
final class ContentModel implements ContentDoor {
  private record Edge(EdgeRole role, Digest to) {}

  /** A manifest that is held. What it refers to is kept by the names that were known. */
  private record Held(Document document, Digest pushedWith, Set<Edge> edges) {}

  private record Tagged(Digest canonical, Digest name) {}

  private static final class Room {
    private final Set<Digest> blobs = new TreeSet<>();
    private final NavigableMap<Digest, Held> manifests = new TreeMap<>();
    private final NavigableMap<Tag, Tagged> tags = new TreeMap<>();

    boolean isNeeded(EdgeRole role, Digest target) {
      return manifests.values().stream()
          .anyMatch(held -> held.edges().contains(new Edge(role, target)));
    }
  }

  private final NavigableMap<RepositoryName, Room> rooms = new TreeMap<>();
  private final Map<Digest, Long> sizes = new HashMap<>();
  private final Map<Digest, Digest> aliases = new HashMap<>();
  private CoreOptions options;

  ContentModel(CoreOptions options) {
    this.options = options;
  }

  void switchTo(CoreOptions other) {
    options = other;
  }

  /** The canonical digests of all blobs that are linked anywhere. */
  Set<Digest> stored() {
    return rooms.values().stream().flatMap(room -> room.blobs.stream()).collect(Collectors.toSet());
  }

  /** The manifests that a repository holds. */
  List<Document> held(RepositoryName repository) {
    return room(repository).manifests.values().stream().map(Held::document).toList();
  }

  @Override
  public Optional<ErrorKind> put(RepositoryName repository, byte[] content, Digest name) {
    Digest canonical = Universe.digest(SHA256, content);
    sizes.put(canonical, (long) content.length);
    rooms.computeIfAbsent(repository, any -> new Room()).blobs.add(canonical);
    record(name, canonical);
    return Optional.empty();
  }

  @Override
  public boolean mount(RepositoryName repository, Digest digest, Optional<RepositoryName> from) {
    Digest canonical = resolve(digest);
    boolean found =
        from.isPresent()
            ? room(from.get()).blobs.contains(canonical)
            : stored().contains(canonical);
    if (found) {
      rooms.computeIfAbsent(repository, any -> new Room()).blobs.add(canonical);
    }
    return found;
  }

  @Override
  public Optional<ErrorKind> push(
      RepositoryName repository, Reference reference, Document document, List<Tag> tags) {
    Digest canonical = document.canonical();
    Digest name = reference instanceof Reference.ByDigest by ? by.digest() : canonical;
    if (!name.equals(document.digest(name.algorithm()))) {
      return Optional.of(ErrorKind.DIGEST_INVALID);
    }
    Optional<ErrorKind> refusal = refusal(room(repository), document);
    if (refusal.isPresent()) {
      return refusal;
    }
    record(name, canonical);
    Room room = rooms.computeIfAbsent(repository, any -> new Room());
    hold(room, document, name);
    List<Tag> all = new ArrayList<>(tags);
    if (reference instanceof Reference.ByTag by) {
      all.add(by.tag());
    }
    all.forEach(tag -> room.tags.put(tag, new Tagged(canonical, name)));
    return Optional.empty();
  }

  private void hold(Room room, Document document, Digest name) {
    Held before = room.manifests.get(document.canonical());
    if (before != null
        && before.document().mediaType().equals(document.mediaType())
        && before.pushedWith().equals(name)) {
      return;
    }
    Set<Edge> edges =
        document.parts().stream()
            .map(part -> new Edge(part.role(), resolve(part.digest())))
            .collect(Collectors.toCollection(LinkedHashSet::new));
    room.manifests.put(document.canonical(), new Held(document, name, edges));
  }

  private Optional<ErrorKind> refusal(Room room, Document document) {
    boolean missing = false;
    for (Part part : document.parts()) {
      OptionalLong size = size(room, part);
      if (size.isPresent() && size.getAsLong() != part.size()) {
        return Optional.of(ErrorKind.MANIFEST_INVALID);
      }
      missing |= size.isEmpty() && part.needed() && !options.sparseManifests();
    }
    return missing ? Optional.of(ErrorKind.MANIFEST_REFERENCE_UNKNOWN) : Optional.empty();
  }

  private OptionalLong size(Room room, Part part) {
    Digest canonical = resolve(part.digest());
    Held held = room.manifests.get(canonical);
    boolean isManifest = part.role() == EdgeRole.CHILD || part.role() == EdgeRole.SUBJECT;
    if (isManifest && held != null) {
      return OptionalLong.of(held.document().bytes().length);
    }
    return room.blobs.contains(canonical)
        ? OptionalLong.of(sizes.getOrDefault(canonical, -1L))
        : OptionalLong.empty();
  }

  @Override
  public Optional<ErrorKind> delete(RepositoryName repository, Reference reference) {
    if (!options.deletes()) {
      return Optional.of(ErrorKind.UNSUPPORTED);
    }
    Room room = room(repository);
    if (reference instanceof Reference.ByTag by) {
      return room.tags.remove(by.tag()) == null
          ? Optional.of(ErrorKind.MANIFEST_UNKNOWN)
          : Optional.empty();
    }
    Digest canonical = resolve(((Reference.ByDigest) reference).digest());
    if (!room.manifests.containsKey(canonical)) {
      return Optional.of(ErrorKind.MANIFEST_UNKNOWN);
    }
    if (options.referencesProtected() && room.isNeeded(EdgeRole.CHILD, canonical)) {
      return Optional.of(ErrorKind.REFERENCED);
    }
    room.tags.values().removeIf(tagged -> tagged.canonical().equals(canonical));
    room.manifests.remove(canonical);
    forgetAliases(canonical);
    return Optional.empty();
  }

  @Override
  public Optional<ErrorKind> deleteBlob(RepositoryName repository, Digest digest) {
    if (!options.deletes()) {
      return Optional.of(ErrorKind.UNSUPPORTED);
    }
    Room room = room(repository);
    Digest canonical = resolve(digest);
    if (!room.blobs.contains(canonical)) {
      return Optional.of(ErrorKind.BLOB_UNKNOWN);
    }
    boolean needed =
        room.isNeeded(EdgeRole.CONFIG, canonical)
            || room.isNeeded(EdgeRole.LAYER, canonical)
            || (room.isNeeded(EdgeRole.CHILD, canonical) && !room.manifests.containsKey(canonical));
    if (options.referencesProtected() && needed) {
      return Optional.of(ErrorKind.REFERENCED);
    }
    room.blobs.remove(canonical);
    forgetAliases(canonical);
    return Optional.empty();
  }

  @Override
  public List<String> repositories() {
    return rooms.keySet().stream().map(RepositoryName::value).toList();
  }

  @Override
  public Optional<List<String>> tags(RepositoryName repository) {
    return Optional.ofNullable(rooms.get(repository))
        .map(room -> room.tags.keySet().stream().map(Tag::value).toList());
  }

  @Override
  public Optional<String> manifest(RepositoryName repository, Reference reference) {
    Room room = room(repository);
    Optional<Tagged> found =
        reference instanceof Reference.ByTag by
            ? Optional.ofNullable(room.tags.get(by.tag()))
            : Optional.of(((Reference.ByDigest) reference).digest())
                .map(digest -> new Tagged(resolve(digest), digest));
    return found.flatMap(
        tagged ->
            Optional.ofNullable(room.manifests.get(tagged.canonical()))
                .map(held -> tagged.name() + " " + held.document().mediaType()));
  }

  @Override
  public boolean hasBlob(RepositoryName repository, Digest digest) {
    return room(repository).blobs.contains(resolve(digest));
  }

  @Override
  public List<String> referrers(
      RepositoryName repository, Digest subject, Optional<String> artifactType) {
    Edge edge = new Edge(EdgeRole.SUBJECT, resolve(subject));
    return room(repository).manifests.values().stream()
        .filter(held -> held.edges().contains(edge))
        .filter(
            held -> artifactType.isEmpty() || artifactType.equals(held.document().artifactType()))
        .map(held -> held.pushedWith().toString())
        .toList();
  }

  private Room room(RepositoryName repository) {
    return rooms.getOrDefault(repository, new Room());
  }

  private Digest resolve(Digest digest) {
    return aliases.getOrDefault(digest, digest);
  }

  /** A name becomes known, and with it what manifests meant by it. */
  private void record(Digest name, Digest canonical) {
    if (name.isCanonical() || aliases.containsKey(name)) {
      return;
    }
    aliases.put(name, canonical);
    for (Room room : rooms.values()) {
      room.manifests.replaceAll(
          (digest, held) ->
              new Held(
                  held.document(),
                  held.pushedWith(),
                  held.edges().stream()
                      .map(edge -> new Edge(edge.role(), resolve(edge.to())))
                      .collect(Collectors.toCollection(LinkedHashSet::new))));
    }
  }

  private void forgetAliases(Digest canonical) {
    boolean held =
        rooms.values().stream()
            .anyMatch(
                room -> room.blobs.contains(canonical) || room.manifests.containsKey(canonical));
    if (!held) {
      aliases.values().removeIf(canonical::equals);
    }
  }
}

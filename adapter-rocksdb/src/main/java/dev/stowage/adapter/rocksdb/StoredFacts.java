package dev.stowage.adapter.rocksdb;

import dev.stowage.blob.Descriptor;
import dev.stowage.blob.Digest;
import dev.stowage.blob.UploadId;
import dev.stowage.registry.Referrer;
import dev.stowage.registry.RepositoryName;
import dev.stowage.registry.Tag;
import dev.stowage.spi.BlobLink;
import dev.stowage.spi.ClockReading;
import dev.stowage.spi.Edge;
import dev.stowage.spi.EdgeRole;
import dev.stowage.spi.FactReader;
import dev.stowage.spi.HistoryEnd;
import dev.stowage.spi.HistoryFact;
import dev.stowage.spi.Hold;
import dev.stowage.spi.Placement;
import dev.stowage.spi.QuarantinedBlob;
import dev.stowage.spi.RepositoryEdge;
import dev.stowage.spi.Review;
import dev.stowage.spi.StoreTime;
import dev.stowage.spi.StoredBlob;
import dev.stowage.spi.StoredManifest;
import dev.stowage.spi.TagTarget;
import dev.stowage.spi.UploadFact;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Facts read from a view: which entry each fact is, and how it is read. */
class StoredFacts implements FactReader {
  /** What this reads; a subclass that writes asks it too. */
  final Entries entries;

  StoredFacts(View view) {
    this.entries = new Entries(view);
  }

  @Override
  public boolean hasRepository(RepositoryName name) throws IOException {
    return entries.exists(Keys.repository(name));
  }

  @Override
  public List<RepositoryName> repositories(Optional<RepositoryName> after, int limit)
      throws IOException {
    return entries.page(
        Keys.repositories(),
        after.map(Keys::repository),
        limit,
        (fields, value) -> new RepositoryName(fields.name()));
  }

  @Override
  public Optional<StoredBlob> blob(Digest digest) throws IOException {
    return entries.get(Keys.blob(digest), value -> Records.blob(digest, value));
  }

  @Override
  public Optional<Digest> aliasTarget(Digest alias) throws IOException {
    return entries.get(Keys.alias(alias), Records::alias);
  }

  @Override
  public List<Digest> aliases(Digest canonical) throws IOException {
    return entries.all(Keys.aliasesOf(canonical), (fields, value) -> fields.digest());
  }

  @Override
  public Optional<BlobLink> link(RepositoryName repository, Digest digest) throws IOException {
    return entries.get(Keys.link(repository, digest), value -> Records.link(digest, value));
  }

  @Override
  public List<BlobLink> links(RepositoryName repository, Optional<Digest> after, int limit)
      throws IOException {
    return entries.page(
        Keys.links(repository),
        after.map(digest -> Keys.link(repository, digest)),
        limit,
        (fields, value) -> Records.link(fields.digest(), value));
  }

  @Override
  public List<RepositoryName> linkers(Digest digest, Optional<RepositoryName> after, int limit)
      throws IOException {
    return entries.page(
        Keys.linkers(digest),
        after.map(name -> Keys.linker(digest, name)),
        limit,
        (fields, value) -> new RepositoryName(fields.name()));
  }

  @Override
  public Optional<StoredManifest> manifest(RepositoryName repository, Digest digest)
      throws IOException {
    return entries.get(Keys.content(repository, digest), value -> Records.manifest(digest, value));
  }

  @Override
  public List<Descriptor> manifests(RepositoryName repository, Optional<Digest> after, int limit)
      throws IOException {
    return entries.page(
        Keys.manifests(repository),
        after.map(digest -> Keys.manifest(repository, digest)),
        limit,
        (fields, value) -> Records.descriptor(fields.digest(), value));
  }

  @Override
  public List<RepositoryName> manifestHolders(
      Digest digest, Optional<RepositoryName> after, int limit) throws IOException {
    return entries.page(
        Keys.manifestHolders(digest),
        after.map(name -> Keys.manifestHolder(digest, name)),
        limit,
        (fields, value) -> new RepositoryName(fields.name()));
  }

  @Override
  public Optional<TagTarget> tag(RepositoryName repository, Tag tag) throws IOException {
    return entries.get(Keys.tag(repository, tag), value -> Records.tag(tag, value));
  }

  @Override
  public List<TagTarget> tags(RepositoryName repository, Optional<Tag> after, int limit)
      throws IOException {
    return entries.page(
        Keys.tags(repository),
        after.map(tag -> Keys.tag(repository, tag)),
        limit,
        (fields, value) -> Records.tag(new Tag(fields.name()), value));
  }

  @Override
  public List<Tag> tagsOf(
      RepositoryName repository, Digest manifest, Optional<Tag> after, int limit)
      throws IOException {
    return entries.page(
        Keys.tagsOf(repository, manifest),
        after.map(tag -> Keys.tagOf(repository, manifest, tag)),
        limit,
        (fields, value) -> new Tag(fields.name()));
  }

  @Override
  public List<Edge> edgesFrom(RepositoryName repository, Digest manifest) throws IOException {
    return entries.all(
        Keys.edgesFrom(repository, manifest),
        (fields, value) -> new Edge(manifest, fields.role(), fields.digest()));
  }

  @Override
  public List<Edge> edgesTo(
      RepositoryName repository, Digest target, EdgeRole role, Optional<Digest> after, int limit)
      throws IOException {
    return entries.page(
        Keys.edgesTo(target, repository, role),
        after.map(from -> Keys.edgeTo(repository, new Edge(from, role, target))),
        limit,
        (fields, value) -> new Edge(fields.digest(), role, target));
  }

  @Override
  public List<RepositoryEdge> edgesTo(Digest target, int limit) throws IOException {
    return entries.page(
        Keys.edgesTo(target),
        Optional.empty(),
        limit,
        (fields, value) -> {
          RepositoryName repository = new RepositoryName(fields.name());
          EdgeRole role = fields.role();
          return new RepositoryEdge(repository, new Edge(fields.digest(), role, target));
        });
  }

  @Override
  public List<Referrer> referrers(
      RepositoryName repository, Digest subject, Optional<Digest> after, int limit)
      throws IOException {
    return entries.page(
        Keys.referrers(repository, subject),
        after.map(referrer -> Keys.referrer(repository, subject, referrer)),
        limit,
        (fields, value) -> Records.referrer(fields.digest(), value));
  }

  @Override
  public Optional<Hold> hold(RepositoryName repository, Digest digest) throws IOException {
    Optional<Records.Held> held =
        entries.get(Keys.hold(repository, digest), value -> Records.hold(digest, value));
    if (held.isEmpty()) {
      return Optional.empty();
    }
    byte[] key = Keys.heldContent(repository, digest);
    StoredManifest manifest =
        entries
            .get(key, value -> Records.manifest(digest, value))
            .orElseThrow(() -> new IOException("the bytes of held " + digest + " are missing"));
    return Optional.of(
        new Hold(manifest, held.get().until(), held.get().since(), held.get().actor()));
  }

  @Override
  public List<Descriptor> holds(RepositoryName repository, Optional<Digest> after, int limit)
      throws IOException {
    return entries.page(
        Keys.holds(repository),
        after.map(digest -> Keys.hold(repository, digest)),
        limit,
        (fields, value) -> Records.hold(fields.digest(), value).descriptor());
  }

  @Override
  public Optional<BlobLink> heldLink(RepositoryName repository, Digest digest) throws IOException {
    return entries.get(Keys.heldLink(repository, digest), value -> Records.link(digest, value));
  }

  @Override
  public List<BlobLink> heldLinks(RepositoryName repository, Optional<Digest> after, int limit)
      throws IOException {
    return entries.page(
        Keys.heldLinks(repository),
        after.map(digest -> Keys.heldLink(repository, digest)),
        limit,
        (fields, value) -> Records.link(fields.digest(), value));
  }

  @Override
  public List<RepositoryName> heldLinkers(Digest digest, Optional<RepositoryName> after, int limit)
      throws IOException {
    return entries.page(
        Keys.heldLinkers(digest),
        after.map(name -> Keys.heldLinker(digest, name)),
        limit,
        (fields, value) -> new RepositoryName(fields.name()));
  }

  @Override
  public List<Edge> heldEdgesFrom(RepositoryName repository, Digest manifest) throws IOException {
    return entries.all(
        Keys.heldEdgesFrom(repository, manifest),
        (fields, value) -> new Edge(manifest, fields.role(), fields.digest()));
  }

  @Override
  public List<Edge> heldEdgesTo(
      RepositoryName repository, Digest target, EdgeRole role, Optional<Digest> after, int limit)
      throws IOException {
    return entries.page(
        Keys.heldEdgesTo(target, repository, role),
        after.map(from -> Keys.heldEdgeTo(repository, new Edge(from, role, target))),
        limit,
        (fields, value) -> new Edge(fields.digest(), role, target));
  }

  @Override
  public boolean isHeld(RepositoryName repository, Digest target) throws IOException {
    return leadsTo(Keys.heldEdgesTo(target, repository));
  }

  @Override
  public List<HistoryFact> history(RepositoryName repository, Optional<Long> before, int limit)
      throws IOException {
    return entries.page(
        Keys.histories(repository),
        before.map(number -> Keys.history(repository, number)),
        limit,
        (fields, value) -> Records.history(number(fields), value));
  }

  @Override
  public List<HistoryFact> history(
      RepositoryName repository, Tag tag, Optional<Long> before, int limit) throws IOException {
    List<Long> numbers =
        entries.page(
            Keys.historyOf(repository, tag),
            before.map(number -> Keys.historyOf(repository, tag, number)),
            limit,
            (fields, value) -> number(fields));
    List<HistoryFact> history = new ArrayList<>();
    for (long number : numbers) {
      history.add(
          history(repository, number)
              .orElseThrow(() -> new IOException("change " + number + " is missing")));
    }
    return history;
  }

  /** One change. */
  final Optional<HistoryFact> history(RepositoryName repository, long number) throws IOException {
    return entries.get(Keys.history(repository, number), value -> Records.history(number, value));
  }

  @Override
  public List<HistoryEnd> historyEnds(Optional<HistoryEnd> after, int limit) throws IOException {
    return entries.page(
        Keys.historyEnds(),
        after.map(Keys::historyEnd),
        limit,
        (fields, value) ->
            new HistoryEnd(fields.storeTime(), new RepositoryName(fields.name()), number(fields)));
  }

  private static long number(FieldReader fields) {
    return Long.MAX_VALUE - fields.eightBytes();
  }

  @Override
  public Optional<UploadFact> upload(UploadId id) throws IOException {
    return entries.get(Keys.upload(id), value -> Records.upload(id, value));
  }

  @Override
  public List<UploadFact> uploads(Optional<UploadId> after, int limit) throws IOException {
    return entries.page(
        Keys.uploads(),
        after.map(Keys::upload),
        limit,
        (fields, value) ->
            Records.upload(
                new UploadId(new UUID(fields.eightBytes(), fields.eightBytes())), value));
  }

  @Override
  public List<Placement> doomed(Optional<Placement> after, int limit) throws IOException {
    return entries.page(
        Keys.allDoomed(),
        after.map(Keys::doomed),
        limit,
        (fields, value) -> new Placement(fields.restAsText()));
  }

  @Override
  public List<Review> reviews(Optional<Review> after, StoreTime until, int limit)
      throws IOException {
    byte[] prefix = Keys.reviews();
    return entries.page(
        prefix,
        after.map(Keys::review),
        until.millis() == Long.MAX_VALUE
            ? Keys.afterAll(prefix)
            : Keys.reviewsFrom(new StoreTime(until.millis() + 1)),
        limit,
        (fields, value) ->
            new Review(
                fields.storeTime(),
                fields.review(),
                new RepositoryName(fields.name()),
                fields.digest()));
  }

  @Override
  public boolean isNeeded(RepositoryName repository, Digest target) throws IOException {
    return leadsTo(Keys.edgesTo(target, repository));
  }

  private boolean leadsTo(byte[] edges) throws IOException {
    // A subject's role is the last in order, so the first entry tells.
    List<EdgeRole> first =
        entries.page(edges, Optional.empty(), 1, (fields, value) -> fields.role());
    return !first.isEmpty() && first.get(0) != EdgeRole.SUBJECT;
  }

  @Override
  public Optional<ClockReading> clock() throws IOException {
    return entries.get(Keys.clock(), Records::clock);
  }

  @Override
  public Optional<String> reviewRules() throws IOException {
    return entries.get(Keys.reviewRules(), Records::reviewRules);
  }

  /** From when on what a key stands for, a link or a manifest, is up for review. */
  final Optional<StoreTime> mark(byte[] key) throws IOException {
    return entries.get(key, Records::review).flatMap(Function.identity());
  }

  /** From when on a hold may be ended. */
  final Optional<StoreTime> until(RepositoryName repository, Digest digest) throws IOException {
    return entries.get(Keys.hold(repository, digest), value -> Records.hold(digest, value).until());
  }

  @Override
  public List<StoredBlob> blobs(Optional<Digest> after, int limit) throws IOException {
    return entries.page(
        Keys.blobs(),
        after.map(Keys::blob),
        limit,
        (fields, value) -> Records.blob(fields.digest(), value));
  }

  @Override
  public Optional<QuarantinedBlob> quarantined(Digest digest) throws IOException {
    return entries.get(Keys.quarantine(digest), value -> Records.quarantine(digest, value));
  }

  @Override
  public List<QuarantinedBlob> quarantines(Optional<Digest> after, int limit) throws IOException {
    return entries.page(
        Keys.quarantines(),
        after.map(Keys::quarantine),
        limit,
        (fields, value) -> Records.quarantine(fields.digest(), value));
  }

  @Override
  public boolean isDoomed(Placement placement) throws IOException {
    return entries.exists(Keys.doomed(placement));
  }

  /** Says that the transaction is over. */
  final void end() {
    entries.end();
  }
}

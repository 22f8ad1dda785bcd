package dev.stowage.adapter.rocksdb;

import dev.stowage.blob.Digest;
import dev.stowage.blob.UploadId;
import dev.stowage.registry.Referrer;
import dev.stowage.registry.RepositoryName;
import dev.stowage.registry.Tag;
import dev.stowage.spi.BlobLink;
import dev.stowage.spi.ClockReading;
import dev.stowage.spi.Edge;
import dev.stowage.spi.FactWriter;
import dev.stowage.spi.HistoryEnd;
import dev.stowage.spi.HistoryFact;
import dev.stowage.spi.Hold;
import dev.stowage.spi.Placement;
import dev.stowage.spi.QuarantinedBlob;
import dev.stowage.spi.Review;
import dev.stowage.spi.ReviewKind;
import dev.stowage.spi.StoreTime;
import dev.stowage.spi.StoredBlob;
import dev.stowage.spi.StoredManifest;
import dev.stowage.spi.TagTarget;
import dev.stowage.spi.UploadFact;
import java.io.IOException;
import java.util.Optional;

/** Facts with a transaction's changes, which it collects; each fact's indexes follow it. */
final class WritableFacts extends StoredFacts implements FactWriter {
  private final Overlay changes;

  WritableFacts(Overlay changes) {
    super(changes);
    this.changes = changes;
  }

  @Override
  public void putRepository(RepositoryName name) throws IOException {
    // Every push says it again; a change that changes nothing would still cost a sync.
    if (!hasRepository(name)) {
      put(Keys.repository(name), Records.PRESENT);
    }
  }

  @Override
  public void removeRepository(RepositoryName name) throws IOException {
    remove(Keys.repository(name));
  }

  @Override
  public void putBlob(StoredBlob blob) {
    put(Keys.blob(blob.digest()), Records.ofBlob(blob));
  }

  @Override
  public void removeBlob(Digest digest) throws IOException {
    remove(Keys.blob(digest));
  }

  @Override
  public void putAlias(Digest alias, Digest canonical) throws IOException {
    removeAlias(alias);
    put(Keys.alias(alias), Records.ofAlias(canonical));
    put(Keys.aliasOf(canonical, alias), Records.PRESENT);
  }

  @Override
  public void removeAlias(Digest alias) throws IOException {
    Optional<Digest> canonical = aliasTarget(alias);
    if (canonical.isPresent()) {
      remove(Keys.alias(alias));
      remove(Keys.aliasOf(canonical.get(), alias));
    }
  }

  @Override
  public void putLink(RepositoryName repository, BlobLink link) throws IOException {
    byte[] key = Keys.link(repository, link.digest());
    mark(ReviewKind.BLOB, repository, link.digest(), mark(key), link.review());
    put(Keys.link(repository, link.digest()), Records.ofLink(link));
    put(Keys.linker(link.digest(), repository), Records.PRESENT);
  }

  @Override
  public void removeLink(RepositoryName repository, Digest digest) throws IOException {
    byte[] key = Keys.link(repository, digest);
    mark(ReviewKind.BLOB, repository, digest, mark(key), Optional.empty());
    remove(Keys.link(repository, digest));
    remove(Keys.linker(digest, repository));
  }

  @Override
  public void putManifest(RepositoryName repository, StoredManifest manifest) throws IOException {
    Digest digest = manifest.descriptor().digest();
    byte[] key = Keys.manifest(repository, digest);
    mark(ReviewKind.MANIFEST, repository, digest, mark(key), manifest.review());
    put(key, Records.ofDescriptor(manifest.descriptor(), manifest.review()));
    put(Keys.content(repository, digest), Records.ofManifest(manifest));
    put(Keys.manifestHolder(digest, repository), Records.PRESENT);
  }

  @Override
  public void removeManifest(RepositoryName repository, Digest digest) throws IOException {
    byte[] key = Keys.manifest(repository, digest);
    if (entries.exists(key)) {
      mark(ReviewKind.MANIFEST, repository, digest, mark(key), Optional.empty());
      remove(key);
      // Not asked for first: that would read its bytes.
      changes.remove(Keys.content(repository, digest));
      remove(Keys.manifestHolder(digest, repository));
    }
  }

  @Override
  public void putTag(RepositoryName repository, TagTarget target) throws IOException {
    Optional<TagTarget> before = tag(repository, target.tag());
    if (before.isPresent() && !before.get().manifest().equals(target.manifest())) {
      remove(Keys.tagOf(repository, before.get().manifest(), target.tag()));
    }
    put(Keys.tag(repository, target.tag()), Records.ofTag(target));
    put(Keys.tagOf(repository, target.manifest(), target.tag()), Records.PRESENT);
  }

  @Override
  public void removeTag(RepositoryName repository, Tag tag) throws IOException {
    Optional<TagTarget> before = tag(repository, tag);
    if (before.isPresent()) {
      remove(Keys.tag(repository, tag));
      remove(Keys.tagOf(repository, before.get().manifest(), tag));
    }
  }

  @Override
  public void putEdge(RepositoryName repository, Edge edge) {
    put(Keys.edge(repository, edge), Records.PRESENT);
    put(Keys.edgeTo(repository, edge), Records.PRESENT);
  }

  @Override
  public void removeEdge(RepositoryName repository, Edge edge) throws IOException {
    remove(Keys.edge(repository, edge));
    remove(Keys.edgeTo(repository, edge));
  }

  @Override
  public void putReferrer(RepositoryName repository, Digest subject, Referrer referrer) {
    put(
        Keys.referrer(repository, subject, referrer.descriptor().digest()),
        Records.ofReferrer(referrer));
  }

  @Override
  public void removeReferrer(RepositoryName repository, Digest subject, Digest referrer)
      throws IOException {
    remove(Keys.referrer(repository, subject, referrer));
  }

  @Override
  public void putHold(RepositoryName repository, Hold hold) throws IOException {
    Digest digest = hold.manifest().descriptor().digest();
    byte[] key = Keys.hold(repository, digest);
    Optional<StoreTime> before = until(repository, digest);
    mark(ReviewKind.HOLD, repository, digest, before, Optional.of(hold.until()));
    put(key, Records.ofHold(hold));
    put(Keys.heldContent(repository, digest), Records.ofManifest(hold.manifest()));
  }

  @Override
  public void removeHold(RepositoryName repository, Digest digest) throws IOException {
    Optional<StoreTime> before = until(repository, digest);
    if (before.isPresent()) {
      mark(ReviewKind.HOLD, repository, digest, before, Optional.empty());
      remove(Keys.hold(repository, digest));
      // Not asked for first: that would read its bytes.
      changes.remove(Keys.heldContent(repository, digest));
    }
  }

  @Override
  public void putHeldLink(RepositoryName repository, BlobLink link) {
    put(Keys.heldLink(repository, link.digest()), Records.ofLink(link.unmarked()));
    put(Keys.heldLinker(link.digest(), repository), Records.PRESENT);
  }

  @Override
  public void removeHeldLink(RepositoryName repository, Digest digest) throws IOException {
    remove(Keys.heldLink(repository, digest));
    remove(Keys.heldLinker(digest, repository));
  }

  @Override
  public void putHeldEdge(RepositoryName repository, Edge edge) {
    put(Keys.heldEdge(repository, edge), Records.PRESENT);
    put(Keys.heldEdgeTo(repository, edge), Records.PRESENT);
  }

  @Override
  public void removeHeldEdge(RepositoryName repository, Edge edge) throws IOException {
    remove(Keys.heldEdge(repository, edge));
    remove(Keys.heldEdgeTo(repository, edge));
  }

  @Override
  public void putHistory(RepositoryName repository, HistoryFact change) throws IOException {
    long number = change.entry().number();
    removeHistory(repository, number);
    put(Keys.history(repository, number), Records.ofHistory(change));
    change
        .entry()
        .tag()
        .ifPresent(tag -> put(Keys.historyOf(repository, tag, number), Records.PRESENT));
    put(Keys.historyEnd(new HistoryEnd(change.until(), repository, number)), Records.PRESENT);
  }

  @Override
  public void removeHistory(RepositoryName repository, long number) throws IOException {
    Optional<HistoryFact> change = history(repository, number);
    if (change.isPresent()) {
      remove(Keys.history(repository, number));
      if (change.get().entry().tag().isPresent()) {
        remove(Keys.historyOf(repository, change.get().entry().tag().get(), number));
      }
      remove(Keys.historyEnd(new HistoryEnd(change.get().until(), repository, number)));
    }
  }

  @Override
  public void putUpload(UploadFact upload) {
    put(Keys.upload(upload.id()), Records.ofUpload(upload));
  }

  @Override
  public void removeUpload(UploadId id) throws IOException {
    remove(Keys.upload(id));
  }

  @Override
  public void putDoomed(Placement placement) {
    put(Keys.doomed(placement), Records.PRESENT);
  }

  @Override
  public void removeDoomed(Placement placement) throws IOException {
    remove(Keys.doomed(placement));
  }

  @Override
  public void putClock(ClockReading reading) {
    put(Keys.clock(), Records.ofClock(reading));
  }

  @Override
  public void putReviewRules(String rules) {
    put(Keys.reviewRules(), Records.ofReviewRules(rules));
  }

  /** Keeps the review queue in step with a mark that changes. */
  private void mark(
      ReviewKind kind,
      RepositoryName repository,
      Digest digest,
      Optional<StoreTime> before,
      Optional<StoreTime> now)
      throws IOException {
    if (before.equals(now)) {
      return;
    }
    if (before.isPresent()) {
      remove(Keys.review(new Review(before.get(), kind, repository, digest)));
    }
    if (now.isPresent()) {
      put(Keys.review(new Review(now.get(), kind, repository, digest)), Records.PRESENT);
    }
  }

  @Override
  public void putQuarantine(QuarantinedBlob blob) {
    put(Keys.quarantine(blob.blob().digest()), Records.ofQuarantine(blob));
  }

  @Override
  public void removeQuarantine(Digest digest) throws IOException {
    remove(Keys.quarantine(digest));
  }

  private void put(byte[] key, byte[] value) {
    entries.check();
    changes.put(key, value);
  }

  /** Removes what is there: a removal of nothing would be a tombstone and a sync for nothing. */
  private void remove(byte[] key) throws IOException {
    if (entries.exists(key)) {
      changes.remove(key);
    }
  }
}

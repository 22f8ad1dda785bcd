package dev.stowage.adapter.rocksdb;

import dev.stowage.adapter.rocksdb.Schema.Kind;
import dev.stowage.blob.Digest;
import dev.stowage.blob.UploadId;
import dev.stowage.registry.RepositoryName;
import dev.stowage.registry.Tag;
import dev.stowage.spi.Edge;
import dev.stowage.spi.EdgeRole;
import dev.stowage.spi.HistoryEnd;
import dev.stowage.spi.Placement;
import dev.stowage.spi.Review;
import dev.stowage.spi.StoreTime;
import java.util.Arrays;
import java.util.UUID;

/**
 * How facts and indexes are keyed. Keys order as the port orders its lists, and every field but the
 * last tells its own end, so that a prefix of whole fields finds exactly what belongs to them.
 */
final class Keys {
  private Keys() {}

  static byte[] repositories() {
    return of(Kind.REPOSITORY).toBytes();
  }

  static byte[] repository(RepositoryName name) {
    return of(Kind.REPOSITORY).name(name.value()).toBytes();
  }

  static byte[] blob(Digest digest) {
    return of(Kind.BLOB).digest(digest).toBytes();
  }

  static byte[] blobs() {
    return of(Kind.BLOB).toBytes();
  }

  static byte[] quarantine(Digest digest) {
    return of(Kind.QUARANTINE).digest(digest).toBytes();
  }

  static byte[] quarantines() {
    return of(Kind.QUARANTINE).toBytes();
  }

  static byte[] alias(Digest alias) {
    return of(Kind.ALIAS).digest(alias).toBytes();
  }

  static byte[] aliasesOf(Digest canonical) {
    return of(Kind.ALIAS_OF).digest(canonical).toBytes();
  }

  static byte[] aliasOf(Digest canonical, Digest alias) {
    return of(Kind.ALIAS_OF).digest(canonical).digest(alias).toBytes();
  }

  static byte[] links(RepositoryName repository) {
    return of(Kind.LINK).name(repository.value()).toBytes();
  }

  static byte[] link(RepositoryName repository, Digest digest) {
    return of(Kind.LINK).name(repository.value()).digest(digest).toBytes();
  }

  static byte[] linkers(Digest digest) {
    return of(Kind.LINKER).digest(digest).toBytes();
  }

  static byte[] linker(Digest digest, RepositoryName repository) {
    return of(Kind.LINKER).digest(digest).name(repository.value()).toBytes();
  }

  static byte[] manifests(RepositoryName repository) {
    return of(Kind.MANIFEST).name(repository.value()).toBytes();
  }

  static byte[] manifest(RepositoryName repository, Digest digest) {
    return of(Kind.MANIFEST).name(repository.value()).digest(digest).toBytes();
  }

  static byte[] content(RepositoryName repository, Digest digest) {
    return of(Kind.CONTENT).name(repository.value()).digest(digest).toBytes();
  }

  static byte[] manifestHolders(Digest digest) {
    return of(Kind.MANIFEST_HOLDER).digest(digest).toBytes();
  }

  static byte[] manifestHolder(Digest digest, RepositoryName repository) {
    return of(Kind.MANIFEST_HOLDER).digest(digest).name(repository.value()).toBytes();
  }

  static byte[] tags(RepositoryName repository) {
    return of(Kind.TAG).name(repository.value()).toBytes();
  }

  static byte[] tag(RepositoryName repository, Tag tag) {
    return of(Kind.TAG).name(repository.value()).name(tag.value()).toBytes();
  }

  static byte[] tagsOf(RepositoryName repository, Digest manifest) {
    return of(Kind.TAG_OF).name(repository.value()).digest(manifest).toBytes();
  }

  static byte[] tagOf(RepositoryName repository, Digest manifest, Tag tag) {
    return of(Kind.TAG_OF).name(repository.value()).digest(manifest).name(tag.value()).toBytes();
  }

  static byte[] edgesFrom(RepositoryName repository, Digest manifest) {
    return of(Kind.EDGE).name(repository.value()).digest(manifest).toBytes();
  }

  static byte[] edge(RepositoryName repository, Edge edge) {
    return of(Kind.EDGE)
        .name(repository.value())
        .digest(edge.from())
        .role(edge.role())
        .digest(edge.to())
        .toBytes();
  }

  static byte[] edgesTo(Digest target) {
    return of(Kind.EDGE_TO).digest(target).toBytes();
  }

  static byte[] edgesTo(Digest target, RepositoryName repository, EdgeRole role) {
    return of(Kind.EDGE_TO).digest(target).name(repository.value()).role(role).toBytes();
  }

  static byte[] edgeTo(RepositoryName repository, Edge edge) {
    return of(Kind.EDGE_TO)
        .digest(edge.to())
        .name(repository.value())
        .role(edge.role())
        .digest(edge.from())
        .toBytes();
  }

  static byte[] referrers(RepositoryName repository, Digest subject) {
    return of(Kind.REFERRER).name(repository.value()).digest(subject).toBytes();
  }

  static byte[] referrer(RepositoryName repository, Digest subject, Digest referrer) {
    return of(Kind.REFERRER).name(repository.value()).digest(subject).digest(referrer).toBytes();
  }

  static byte[] heldLinks(RepositoryName repository) {
    return of(Kind.HELD_LINK).name(repository.value()).toBytes();
  }

  static byte[] heldLink(RepositoryName repository, Digest digest) {
    return of(Kind.HELD_LINK).name(repository.value()).digest(digest).toBytes();
  }

  static byte[] heldLinkers(Digest digest) {
    return of(Kind.HELD_LINKER).digest(digest).toBytes();
  }

  static byte[] heldLinker(Digest digest, RepositoryName repository) {
    return of(Kind.HELD_LINKER).digest(digest).name(repository.value()).toBytes();
  }

  static byte[] holds(RepositoryName repository) {
    return of(Kind.HOLD).name(repository.value()).toBytes();
  }

  static byte[] hold(RepositoryName repository, Digest digest) {
    return of(Kind.HOLD).name(repository.value()).digest(digest).toBytes();
  }

  static byte[] heldContent(RepositoryName repository, Digest digest) {
    return of(Kind.HELD_CONTENT).name(repository.value()).digest(digest).toBytes();
  }

  static byte[] heldEdgesFrom(RepositoryName repository, Digest manifest) {
    return of(Kind.HELD_EDGE).name(repository.value()).digest(manifest).toBytes();
  }

  static byte[] heldEdge(RepositoryName repository, Edge edge) {
    return of(Kind.HELD_EDGE)
        .name(repository.value())
        .digest(edge.from())
        .role(edge.role())
        .digest(edge.to())
        .toBytes();
  }

  static byte[] heldEdgesTo(Digest target, RepositoryName repository) {
    return of(Kind.HELD_EDGE_TO).digest(target).name(repository.value()).toBytes();
  }

  static byte[] heldEdgesTo(Digest target, RepositoryName repository, EdgeRole role) {
    return of(Kind.HELD_EDGE_TO).digest(target).name(repository.value()).role(role).toBytes();
  }

  static byte[] heldEdgeTo(RepositoryName repository, Edge edge) {
    return of(Kind.HELD_EDGE_TO)
        .digest(edge.to())
        .name(repository.value())
        .role(edge.role())
        .digest(edge.from())
        .toBytes();
  }

  static byte[] histories(RepositoryName repository) {
    return of(Kind.HISTORY).name(repository.value()).toBytes();
  }

  /** A change. The last one comes first, so its number is counted from the end. */
  static byte[] history(RepositoryName repository, long number) {
    return of(Kind.HISTORY).name(repository.value()).eightBytes(Long.MAX_VALUE - number).toBytes();
  }

  static byte[] historyOf(RepositoryName repository, Tag tag) {
    return of(Kind.HISTORY_OF).name(repository.value()).name(tag.value()).toBytes();
  }

  static byte[] historyOf(RepositoryName repository, Tag tag, long number) {
    return of(Kind.HISTORY_OF)
        .name(repository.value())
        .name(tag.value())
        .eightBytes(Long.MAX_VALUE - number)
        .toBytes();
  }

  static byte[] historyEnds() {
    return of(Kind.HISTORY_END).toBytes();
  }

  static byte[] historyEnd(HistoryEnd end) {
    return of(Kind.HISTORY_END)
        .eightBytes(end.until().millis())
        .name(end.repository().value())
        .eightBytes(Long.MAX_VALUE - end.number())
        .toBytes();
  }

  static byte[] uploads() {
    return of(Kind.UPLOAD).toBytes();
  }

  static byte[] upload(UploadId id) {
    UUID uuid = id.value();
    return of(Kind.UPLOAD)
        .eightBytes(uuid.getMostSignificantBits())
        .eightBytes(uuid.getLeastSignificantBits())
        .toBytes();
  }

  static byte[] allDoomed() {
    return of(Kind.DOOMED).toBytes();
  }

  static byte[] doomed(Placement placement) {
    return of(Kind.DOOMED).plainText(placement.value()).toBytes();
  }

  static byte[] reviews() {
    return of(Kind.REVIEW).toBytes();
  }

  /** Where the reviews begin that are due at a moment or later. */
  static byte[] reviewsFrom(StoreTime due) {
    return of(Kind.REVIEW).eightBytes(due.millis()).toBytes();
  }

  static byte[] review(Review review) {
    return of(Kind.REVIEW)
        .eightBytes(review.due().millis())
        .review(review.kind())
        .name(review.repository().value())
        .digest(review.digest())
        .toBytes();
  }

  static byte[] clock() {
    return of(Kind.CLOCK).toBytes();
  }

  static byte[] reviewRules() {
    return of(Kind.REVIEW_RULES).toBytes();
  }

  /** All edges of a repository to a target; those that are more than a subject's come first. */
  static byte[] edgesTo(Digest target, RepositoryName repository) {
    return of(Kind.EDGE_TO).digest(target).name(repository.value()).toBytes();
  }

  /** What a key says behind a prefix of it. */
  static FieldReader behind(byte[] prefix, byte[] key) {
    return new FieldReader(key, prefix.length);
  }

  /** The first key behind a key. */
  static byte[] after(byte[] key) {
    return Arrays.copyOf(key, key.length + 1);
  }

  /** The first key behind all keys of a prefix. No kind is 0xff, so there always is one. */
  static byte[] afterAll(byte[] prefix) {
    int end = prefix.length;
    while (prefix[end - 1] == (byte) 0xff) {
      end--;
    }
    byte[] bound = Arrays.copyOf(prefix, end);
    bound[end - 1]++;
    return bound;
  }

  private static FieldWriter of(Kind kind) {
    return new FieldWriter().octet(kind.code());
  }
}

package dev.stowage.spi;

import dev.stowage.blob.Digest;
import dev.stowage.blob.UploadId;
import dev.stowage.registry.Referrer;
import dev.stowage.registry.RepositoryName;
import dev.stowage.registry.Tag;
import java.io.IOException;

/**
 * The facts as they are at one moment, and the changes that a transaction makes to them. Its own
 * changes are seen by its own reads, lists included.
 *
 * <p>To put a fact that is there replaces it; to remove one that is not there does nothing. The
 * store keeps each fact's indexes (who links a blob, which tags point at a manifest, what refers to
 * what, and what is marked for review); it does not keep the rules between facts, which are the
 * core's.
 */
public interface FactWriter extends FactReader {
  /** Makes a repository exist. */
  void putRepository(RepositoryName name) throws IOException;

  /** Makes a repository not exist. */
  void removeRepository(RepositoryName name) throws IOException;

  /** Records a blob. */
  void putBlob(StoredBlob blob) throws IOException;

  /** Forgets a blob. */
  void removeBlob(Digest digest) throws IOException;

  /** Makes a digest an alias of a canonical one. */
  void putAlias(Digest alias, Digest canonical) throws IOException;

  /** Forgets an alias. */
  void removeAlias(Digest alias) throws IOException;

  /** Links a blob into a repository. */
  void putLink(RepositoryName repository, BlobLink link) throws IOException;

  /** Unlinks a blob from a repository. */
  void removeLink(RepositoryName repository, Digest digest) throws IOException;

  /** Stores a manifest in a repository. */
  void putManifest(RepositoryName repository, StoredManifest manifest) throws IOException;

  /** Removes a manifest from a repository. */
  void removeManifest(RepositoryName repository, Digest digest) throws IOException;

  /** Points a tag at a manifest. */
  void putTag(RepositoryName repository, TagTarget target) throws IOException;

  /** Removes a tag. */
  void removeTag(RepositoryName repository, Tag tag) throws IOException;

  /** Records a reference. */
  void putEdge(RepositoryName repository, Edge edge) throws IOException;

  /** Forgets a reference. */
  void removeEdge(RepositoryName repository, Edge edge) throws IOException;

  /** Lists a referrer under a subject. */
  void putReferrer(RepositoryName repository, Digest subject, Referrer referrer) throws IOException;

  /** Takes a referrer, by its canonical digest, off a subject's list. */
  void removeReferrer(RepositoryName repository, Digest subject, Digest referrer)
      throws IOException;

  /** Holds a manifest that was deleted. */
  void putHold(RepositoryName repository, Hold hold) throws IOException;

  /** Ends a hold. */
  void removeHold(RepositoryName repository, Digest digest) throws IOException;

  /** Keeps a link for what is held; a mark for review that it carries is not kept. */
  void putHeldLink(RepositoryName repository, BlobLink link) throws IOException;

  /** Forgets a held link. */
  void removeHeldLink(RepositoryName repository, Digest digest) throws IOException;

  /** Records a reference of a held manifest. */
  void putHeldEdge(RepositoryName repository, Edge edge) throws IOException;

  /** Forgets a reference of a held manifest. */
  void removeHeldEdge(RepositoryName repository, Edge edge) throws IOException;

  /** Adds a change to a repository's history, under its number. */
  void putHistory(RepositoryName repository, HistoryFact change) throws IOException;

  /** Forgets a change, by its number. */
  void removeHistory(RepositoryName repository, long number) throws IOException;

  /** Records an open upload, or its new state. */
  void putUpload(UploadFact upload) throws IOException;

  /** Forgets an upload. */
  void removeUpload(UploadId id) throws IOException;

  /** Records that the bytes of a placement are to be deleted. */
  void putDoomed(Placement placement) throws IOException;

  /** Records that the bytes of a placement are gone. */
  void removeDoomed(Placement placement) throws IOException;

  /** Saves what the clocks show. */
  void putClock(ClockReading reading) throws IOException;

  /** Records by which rules everything stored is marked for review. */
  void putReviewRules(String rules) throws IOException;

  /** Records that a blob is in quarantine; its record is the caller's to remove. */
  void putQuarantine(QuarantinedBlob blob) throws IOException;

  /** Ends a blob's quarantine. */
  void removeQuarantine(Digest digest) throws IOException;
}

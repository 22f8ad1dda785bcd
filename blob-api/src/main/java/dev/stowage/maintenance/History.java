package dev.stowage.maintenance;

import dev.stowage.Actor;
import dev.stowage.blob.Digest;
import dev.stowage.registry.HistoryEntry;
import dev.stowage.registry.Page;
import dev.stowage.registry.RepositoryName;
import dev.stowage.registry.Tag;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/**
 * What happened to the tags and manifests of a repository, and the undoing of it, for as long as
 * both are kept. Safe for use by many threads.
 */
public interface History {
  /**
   * The changes, the last one first.
   *
   * @param tag the tag whose changes are told; without one all of the repository's are
   * @param before the number of the change, present or not, before which the page begins
   * @param limit the most items on the page, at least 0
   * @throws IOException if the facts cannot be read
   */
  Page<HistoryEntry> list(
      RepositoryName repository, Optional<Tag> tag, Optional<Long> before, int limit)
      throws IOException;

  /**
   * Points a tag at what it pointed at before, and brings that manifest back, with all that it
   * needs, if it was deleted: all of it in one step, or nothing.
   *
   * @param actor who does it
   * @param at the moment whose state is restored, by the wall clock; without one, the last manifest
   *     that it pointed at and does not point at now
   * @return what was brought back; nothing, if all is as it was
   * @throws NotRestorableException if that is not remembered, or something is gone
   * @throws IOException if it cannot be made durable
   */
  Restored restore(Actor actor, RepositoryName repository, Tag tag, Optional<Instant> at)
      throws IOException;

  /**
   * Brings a deleted manifest back, with all that it needs, but without its tags: all of it in one
   * step, or nothing.
   *
   * @param actor who does it
   * @param manifest its digest
   * @return what was brought back; nothing, if it is there
   * @throws NotRestorableException if it is not held any more, or something is gone
   * @throws IOException if it cannot be made durable
   */
  Restored restore(Actor actor, RepositoryName repository, Digest manifest) throws IOException;
}

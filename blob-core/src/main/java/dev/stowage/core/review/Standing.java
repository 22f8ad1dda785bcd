package dev.stowage.core.review;

import dev.stowage.blob.Digest;
import dev.stowage.registry.RepositoryName;
import dev.stowage.registry.Tag;
import dev.stowage.spi.Edge;
import dev.stowage.spi.EdgeRole;
import dev.stowage.spi.FactReader;
import dev.stowage.spi.Hold;
import dev.stowage.spi.StoreTime;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Whether something is still needed. */
public final class Standing {
  private static final int BATCH = 64;

  private Standing() {}

  /** Whether a repository's manifest has a name: a tag, an index, or a subject that is there. */
  public static boolean isNamed(FactReader facts, RepositoryName repository, Digest manifest)
      throws IOException {
    List<Tag> tags = facts.tagsOf(repository, manifest, Optional.empty(), 1);
    return !tags.isEmpty()
        || !facts.edgesTo(repository, manifest, EdgeRole.CHILD, Optional.empty(), 1).isEmpty()
        || hasSubject(facts, repository, manifest);
  }

  /** Until when held indexes hold a manifest as their child, if any do. */
  public static Optional<StoreTime> heldByParentsUntil(
      FactReader facts, RepositoryName repository, Digest manifest) throws IOException {
    Optional<StoreTime> until = Optional.empty();
    Optional<Digest> last = Optional.empty();
    List<Edge> page;
    do {
      page = facts.heldEdgesTo(repository, manifest, EdgeRole.CHILD, last, BATCH);
      for (Edge edge : page) {
        Optional<StoreTime> parent = facts.hold(repository, edge.from()).map(Hold::until);
        if (parent.isPresent()) {
          until = Optional.of(StoreTime.latest(until.orElse(StoreTime.ZERO), parent.get()));
        }
        last = Optional.of(edge.from());
      }
    } while (page.size() == BATCH);
    return until;
  }

  private static boolean hasSubject(FactReader facts, RepositoryName repository, Digest manifest)
      throws IOException {
    for (Edge edge : facts.edgesFrom(repository, manifest)) {
      if (edge.role() == EdgeRole.SUBJECT && facts.manifest(repository, edge.to()).isPresent()) {
        return true;
      }
    }
    return false;
  }
}

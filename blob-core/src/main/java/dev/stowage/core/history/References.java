package dev.stowage.core.history;

import dev.stowage.blob.Digest;
import dev.stowage.registry.RepositoryName;
import dev.stowage.registry.Tag;
import dev.stowage.spi.Edge;
import dev.stowage.spi.EdgeRole;
import dev.stowage.spi.FactReader;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What refers to something, a line each, in plain words. Of many, a few are named. */
final class References {
  private static final int FEW = 10;
  private static final List<EdgeRole> NEEDS =
      List.of(EdgeRole.CONFIG, EdgeRole.LAYER, EdgeRole.CHILD);

  private References() {}

  /** Why a manifest is there; one line at least. */
  static void ofManifest(
      FactReader facts, RepositoryName repository, Digest manifest, Collection<String> lines)
      throws IOException {
    List<Tag> tags = facts.tagsOf(repository, manifest, Optional.empty(), FEW + 1);
    for (Tag tag : few(tags, lines, "further tags point at it")) {
      lines.add("tag " + repository + ":" + tag + " points at manifest " + manifest);
    }
    children(facts, repository, manifest, lines);
    boolean subject = false;
    for (Edge edge : facts.edgesFrom(repository, manifest)) {
      if (edge.role() == EdgeRole.SUBJECT && facts.manifest(repository, edge.to()).isPresent()) {
        subject = true;
        lines.add("manifest " + manifest + " is listed as a referrer of manifest " + edge.to());
      }
    }
    if (tags.isEmpty()
        && !subject
        && facts.edgesTo(repository, manifest, EdgeRole.CHILD, Optional.empty(), 1).isEmpty()) {
      lines.add("nothing names manifest " + manifest + ", but it is not deleted");
    }
  }

  private static void children(
      FactReader facts, RepositoryName repository, Digest manifest, Collection<String> lines)
      throws IOException {
    List<Edge> edges =
        facts.edgesTo(repository, manifest, EdgeRole.CHILD, Optional.empty(), FEW + 1);
    for (Edge edge : few(edges, lines, "further indexes need it")) {
      lines.add("index " + edge.from() + tags(facts, repository, edge.from()) + " needs it");
    }
  }

  /** Which manifests of a repository need a blob. */
  static void ofBlob(
      FactReader facts, RepositoryName repository, Digest blob, Collection<String> lines)
      throws IOException {
    for (EdgeRole role : NEEDS) {
      List<Edge> edges = facts.edgesTo(repository, blob, role, Optional.empty(), FEW + 1);
      for (Edge edge : few(edges, lines, "further manifests refer to it")) {
        lines.add(
            "manifest "
                + edge.from()
                + tags(facts, repository, edge.from())
                + " refers to "
                + blob
                + " as its "
                + role.name().toLowerCase(Locale.ROOT));
      }
    }
  }

  /** Which deleted manifests of a repository need something. */
  static void held(
      FactReader facts, RepositoryName repository, Digest digest, Collection<String> lines)
      throws IOException {
    for (EdgeRole role : NEEDS) {
      List<Edge> edges = facts.heldEdgesTo(repository, digest, role, Optional.empty(), FEW + 1);
      for (Edge edge : few(edges, lines, "further deleted manifests need it")) {
        lines.add(
            "deleted manifest "
                + edge.from()
                + ", which can be restored, refers to "
                + digest
                + " as its "
                + role.name().toLowerCase(Locale.ROOT));
      }
    }
  }

  /** Which other repositories keep the bytes of a blob. */
  static void elsewhere(
      FactReader facts, RepositoryName repository, Digest blob, Collection<String> lines)
      throws IOException {
    for (RepositoryName other :
        few(
            facts.linkers(blob, Optional.empty(), FEW + 1),
            lines,
            "further repositories link it")) {
      if (!other.equals(repository)) {
        lines.add("repository " + other + " links blob " + blob);
      }
    }
    for (RepositoryName other :
        few(
            facts.heldLinkers(blob, Optional.empty(), FEW + 1),
            lines,
            "further repositories hold it")) {
      if (!other.equals(repository)) {
        lines.add("repository " + other + " holds blob " + blob + " for deleted manifests");
      }
    }
  }

  private static String tags(FactReader facts, RepositoryName repository, Digest manifest)
      throws IOException {
    List<Tag> tags = facts.tagsOf(repository, manifest, Optional.empty(), FEW);
    return tags.isEmpty()
        ? ""
        : tags.stream().map(Tag::value).collect(Collectors.joining(", ", " (", ")"));
  }

  private static <T> List<T> few(List<T> items, Collection<String> lines, String more) {
    if (items.size() <= FEW) {
      return items;
    }
    lines.add(more);
    return items.subList(0, FEW);
  }
}

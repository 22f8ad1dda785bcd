package dev.stowage.core;

import static dev.stowage.core.Bench.A;
import static dev.stowage.core.Bench.claim;
import static dev.stowage.core.Bench.content;
import static dev.stowage.core.Bench.digest;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stowage.Actor;
import dev.stowage.blob.BlobUnknownException;
import dev.stowage.blob.BlobWriter;
import dev.stowage.blob.Digest;
import dev.stowage.blob.MediaType;
import dev.stowage.maintenance.CollectionPolicy;
import dev.stowage.maintenance.NotRestorableException;
import dev.stowage.registry.ManifestReferenceUnknownException;
import dev.stowage.registry.ManifestUnknownException;
import dev.stowage.registry.Reference;
import dev.stowage.registry.ReferencedException;
import dev.stowage.registry.Repository;
import dev.stowage.registry.Tag;
import dev.stowage.spi.EdgeRole;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two sides that meet at what was deleted, in every order of their steps: whatever image is there
 * by then has its layer, and when all is deleted nothing is left.
 */
class HistoryRacesTest {
  private static final Duration WINDOW = Duration.ofHours(1);
  private static final Tag V1 = new Tag("v1");
  private static final String LAYER = "layer";
  private static final String IMAGE = LineManifestReader.line(EdgeRole.LAYER, digest(LAYER), 5);

  /** What became of the layer of the deleted image. */
  private enum Before {
    STILL_LINKED,
    UNLINKED
  }

  private enum Action {
    RESTORE,
    RESTORE_THE_TAG,
    PUSH,
    PUSH_WHAT_IS_KNOWN,
    PURGE_THE_LAYER,
    PURGE_ALL,
    SWEEP,
    COMMIT,
    DELETE_THE_BLOB,
    DELETE_THE_MANIFEST
  }

  static Stream<Arguments> meetings() {
    List<Arguments> meetings = new ArrayList<>();
    for (Action one : Action.values()) {
      for (Action other : Action.values()) {
        // An upload and a sweep have too many steps for all orders, and two sweeps meet nothing of
        // what is told here; CollectorRacesTest tries those.
        boolean many = other == Action.SWEEP && one == Action.PUSH;
        many |= one == Action.SWEEP && (other == Action.SWEEP || other == Action.COMMIT);
        if (other.compareTo(one) >= 0 && !many) {
          meetings.add(Arguments.of(one, other));
        }
      }
    }
    return meetings.stream();
  }

  @ParameterizedTest
  @MethodSource("meetings")
  void inEveryOrder(Action one, Action other) {
    for (Before before : Before.values()) {
      int orders =
          Explorer.all(
              choose -> {
                Meeting meeting = new Meeting(before);
                meeting.world.stepper.run(
                    List.of(() -> meeting.act(one, "one"), () -> meeting.act(other, "other")),
                    choose);
                meeting.check();
              });
      assertTrue(orders > 1, "two sides that meet do so in more than one order");
    }
  }

  private static final class Meeting {
    private final SteppedWorld world;

    /** An image was deleted, and its window is over. */
    Meeting(Before before) throws IOException {
      world =
          new SteppedWorld(
              CollectionPolicy.defaults()
                  .withTimes(Duration.ZERO, Duration.ZERO)
                  .withUploads(Duration.ZERO)
                  .withHistory(WINDOW));
      a().blobs().put(MediaType.OCTET_STREAM, content(LAYER));
      push();
      a().manifests().delete(Reference.of(digest(IMAGE)));
      if (before == Before.UNLINKED) {
        a().blobs().delete(digest(LAYER));
      }
      world.time.pass(WINDOW);
    }

    private Repository a() {
      return world.registry.repository(A);
    }

    private void push() throws IOException {
      a().manifests().put(Reference.of(V1), LineManifestReader.TYPE, content(IMAGE), List.of());
    }

    void act(Action action, String name) throws IOException {
      try {
        switch (action) {
          case RESTORE -> world.registry.history().restore(new Actor(name, ""), A, digest(IMAGE));
          case RESTORE_THE_TAG ->
              world.registry.history().restore(new Actor(name, ""), A, V1, Optional.empty());
          case PUSH -> {
            upload();
            push();
          }
          case PUSH_WHAT_IS_KNOWN -> push();
          case PURGE_THE_LAYER -> purge(Optional.of(digest(LAYER)));
          case PURGE_ALL -> purge(Optional.empty());
          case SWEEP -> world.collect();
          case COMMIT -> upload();
          case DELETE_THE_BLOB -> a().blobs().delete(digest(LAYER));
          case DELETE_THE_MANIFEST -> a().manifests().delete(Reference.of(digest(IMAGE)));
          default -> throw new IllegalArgumentException(action.toString());
        }
      } catch (NotRestorableException
          | ManifestReferenceUnknownException
          | BlobUnknownException
          | ManifestUnknownException
          | ReferencedException e) {
        // The other side came first, and this one was told so.
        return;
      }
    }

    private void purge(Optional<Digest> digest) throws IOException {
      world.registry.purger().purge(A, digest, removal -> {});
    }

    private void upload() throws IOException {
      try (BlobWriter writer = a().blobs().create()) {
        writer.write(content(LAYER));
        writer.commit(claim(LAYER));
      }
    }

    void check() throws IOException {
      boolean there = assertWhole();
      world.collectAll();
      assertEquals(there, assertWhole(), "an image that is there stays");
      if (there) {
        a().manifests().delete(Reference.of(digest(IMAGE)));
      }
      world.endEmpty();
      assertEquals(List.of(), world.truth.read(f -> f.holds(A, Optional.empty(), 9)));
      assertEquals(List.of(), world.truth.read(f -> f.heldLinks(A, Optional.empty(), 9)));
      assertEquals(List.of(), world.truth.read(f -> f.heldEdgesFrom(A, digest(IMAGE))));
    }

    /** Whether the image is there; if it is, its layer is. */
    private boolean assertWhole() throws IOException {
      if (a().manifests().find(Reference.of(digest(IMAGE))).isEmpty()) {
        return false;
      }
      assertEquals(content(LAYER), a().blobs().get(digest(LAYER), 9));
      return true;
    }
  }
}

package dev.stowage.core;

import static dev.stowage.core.Bench.A;
import static dev.stowage.core.Bench.B;
import static dev.stowage.core.Bench.claim;
import static dev.stowage.core.Bench.content;
import static dev.stowage.core.Bench.digest;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stowage.blob.BlobUnknownException;
import dev.stowage.blob.BlobWriter;
import dev.stowage.blob.Digest;
import dev.stowage.blob.MediaType;
import dev.stowage.maintenance.CollectionPolicy;
import dev.stowage.maintenance.RepositoryPattern;
import dev.stowage.maintenance.UntaggedPolicy;
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
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two sides that meet, each step of the one before and behind each step of the other, in all
 * orders.
 *
 * <p>The laws: an accepted manifest never misses a layer; while there is a lease or a grace, no
 * manifest is refused for what its pusher was told is here; and of what was removed nothing is
 * left.
 */
class CollectorRacesTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration MOMENT = Duration.ofMillis(1);
  private static final MediaType TYPE = MediaType.OCTET_STREAM;
  private static final String LAYER = "layer";
  private static final Tag V1 = new Tag("v1");

  /** The image that was there before, at the tag that all move. */
  private static final String OLD = image("old");

  private static String image(String name) {
    return "# " + name + "\n" + LineManifestReader.line(EdgeRole.LAYER, digest(LAYER), 5);
  }

  /** How long things are kept. */
  private enum Times {
    LEASE(Duration.ZERO, HOUR),
    GRACE(HOUR, Duration.ZERO),
    NEITHER(Duration.ZERO, Duration.ZERO);

    private final Duration grace;
    private final Duration lease;

    Times(Duration grace, Duration lease) {
      this.grace = grace;
      this.lease = lease;
    }

    CollectionPolicy policy() {
      return CollectionPolicy.defaults()
          .withHistory(Duration.ZERO)
          .withTimes(grace, lease)
          .withUploads(Duration.ZERO)
          .withUntagged(
              new UntaggedPolicy(
                  List.of(
                      new UntaggedPolicy.Rule(RepositoryPattern.ALL, Optional.of(Duration.ZERO)))));
    }

    Duration longest() {
      return grace.compareTo(lease) > 0 ? grace : lease;
    }
  }

  /** What is there when the sides begin. */
  private enum Before {
    /** A layer that no manifest refers to, and whose time is over. */
    GARBAGE,
    /** An image with the layer. */
    IMAGE,
    /** The same, whose tag has moved on, and whose time is over. */
    UNNAMED
  }

  /** What a side does. */
  private enum Action {
    PUSH_WHAT_IS_KNOWN,
    PUSH_WHAT_IS_UPLOADED,
    PUSH_WHAT_IS_MOUNTED,
    PUSH_AN_INDEX_OF_THE_OLD,
    SWEEP,
    SWEEP_MUCH_LATER,
    COMMIT,
    MOUNT,
    DELETE_THE_BLOB,
    DELETE_THE_OLD_MANIFEST,
    MOVE_THE_TAG,
    CANCEL_AN_UPLOAD,
    EXPIRE_UPLOADS
  }

  static Stream<Arguments> meetings() {
    List<Arguments> meetings = new ArrayList<>();
    for (Action one : EnumSet.range(Action.PUSH_WHAT_IS_KNOWN, Action.SWEEP)) {
      for (Action other : Action.values()) {
        boolean known = other.compareTo(one) < 0;
        for (Times times : Times.values()) {
          // Without any time to keep, later is now.
          boolean same = other == Action.SWEEP_MUCH_LATER && times == Times.NEITHER;
          if (!known && !same) {
            meetings.add(Arguments.of(one, other, times));
          }
        }
      }
    }
    return meetings.stream();
  }

  @ParameterizedTest
  @MethodSource("meetings")
  void inEveryOrder(Action one, Action other, Times times) {
    for (Before before : Before.values()) {
      if (before == Before.UNNAMED && one != Action.PUSH_AN_INDEX_OF_THE_OLD) {
        continue;
      }
      int orders =
          Explorer.all(
              choose -> {
                Meeting meeting = new Meeting(times, before);
                meeting.world.stepper.run(
                    List.of(() -> meeting.act(one, "one"), () -> meeting.act(other, "other")),
                    choose);
                meeting.check();
              });
      assertTrue(orders > 1, "two sides that meet do so in more than one order");
    }
  }

  /** One world in which two sides meet. */
  private static final class Meeting {
    private final Times times;
    private final SteppedWorld world;
    private final List<String> accepted = new ArrayList<>();
    private final List<String> broken = new ArrayList<>();
    private boolean deleted;

    Meeting(Times times, Before before) throws IOException {
      this.times = times;
      this.world = new SteppedWorld(times.policy());
      b().blobs().put(TYPE, content(LAYER));
      push(b(), "elsewhere", V1);
      a().blobs().put(TYPE, content(LAYER));
      if (before != Before.GARBAGE) {
        push(a(), "old", V1);
      }
      if (before == Before.UNNAMED) {
        act(Action.MOVE_THE_TAG, "before");
      }
      world.time.pass(times.longest());
    }

    private Repository a() {
      return world.registry.repository(A);
    }

    private Repository b() {
      return world.registry.repository(B);
    }

    private static void push(Repository repository, String name, Tag tag) throws IOException {
      repository
          .manifests()
          .put(Reference.of(tag), LineManifestReader.TYPE, content(image(name)), List.of());
    }

    void act(Action action, String name) throws IOException {
      switch (action) {
        case PUSH_WHAT_IS_KNOWN -> pushKnown(name);
        case PUSH_WHAT_IS_UPLOADED -> pushUploaded(name);
        case PUSH_WHAT_IS_MOUNTED -> pushMounted(name);
        case PUSH_AN_INDEX_OF_THE_OLD -> pushIndex();
        case SWEEP -> world.collect();
        case SWEEP_MUCH_LATER -> {
          world.time.pass(times.longest().minus(MOMENT));
          world.collect();
        }
        case COMMIT -> upload();
        case MOUNT -> a().mount(digest(LAYER), B);
        case DELETE_THE_BLOB -> deleteBlob();
        case DELETE_THE_OLD_MANIFEST -> deleteOld();
        case MOVE_THE_TAG ->
            a().manifests()
                .put(Reference.of(V1), LineManifestReader.TYPE, content("# new\n"), List.of());
        case CANCEL_AN_UPLOAD -> cancel();
        case EXPIRE_UPLOADS -> world.registry.uploadExpiry().expire();
        default -> throw new IllegalArgumentException(action.toString());
      }
    }

    private boolean isKnown() throws IOException {
      try {
        a().blobs().stat(digest(LAYER));
        return true;
      } catch (BlobUnknownException e) {
        return false;
      }
    }

    private void upload() throws IOException {
      try (BlobWriter writer = a().blobs().create()) {
        writer.write(content(LAYER));
        writer.commit(claim(LAYER));
      }
    }

    private void pushKnown(String name) throws IOException {
      if (isKnown()) {
        pushTold(name, !times.lease.isZero());
      } else {
        pushUploaded(name);
      }
    }

    private void pushUploaded(String name) throws IOException {
      upload();
      pushTold(name, !times.longest().isZero());
    }

    private void pushMounted(String name) throws IOException {
      if (a().mount(digest(LAYER), B).isEmpty()) {
        throw new AssertionError("the other repository holds the layer");
      }
      pushTold(name, !times.longest().isZero());
    }

    /** Pushes an image whose layer is here, as its pusher was told. */
    private void pushTold(String name, boolean promised) throws IOException {
      try {
        push(a(), name, new Tag(name));
        accepted.add(image(name));
      } catch (ManifestReferenceUnknownException e) {
        if (promised) {
          broken.add(name + " is refused for what its pusher was told is here");
        }
      }
    }

    private void pushIndex() throws IOException {
      if (a().manifests().find(Reference.of(digest(OLD))).isEmpty()) {
        return;
      }
      String index = LineManifestReader.line(EdgeRole.CHILD, digest(OLD), OLD.length());
      try {
        a().manifests()
            .put(
                Reference.of(new Tag("index")), LineManifestReader.TYPE, content(index), List.of());
        accepted.add(OLD);
      } catch (ManifestReferenceUnknownException e) {
        if (!times.lease.isZero()) {
          broken.add("the index is refused for what its pusher was told is here");
        }
      }
    }

    private void deleteBlob() throws IOException {
      try {
        a().blobs().delete(digest(LAYER));
        deleted = true;
      } catch (BlobUnknownException | ReferencedException e) {
        // The other side came first.
        return;
      }
    }

    private void deleteOld() throws IOException {
      try {
        a().manifests().delete(Reference.of(digest(OLD)));
        deleted = true;
      } catch (ManifestUnknownException | ReferencedException e) {
        // It was not there, or the other side came first.
        return;
      }
    }

    private void cancel() throws IOException {
      try (BlobWriter writer = a().blobs().create()) {
        writer.write(content(LAYER));
        writer.cancel();
      }
    }

    void check() throws IOException {
      if (!deleted) {
        assertEquals(List.of(), broken);
      }
      assertWhole();
      world.collectAll();
      assertWhole();
      for (Repository repository : List.of(a(), b())) {
        for (var each = repository.manifests().list(Optional.empty(), 9).items();
            !each.isEmpty();
            each = repository.manifests().list(Optional.empty(), 9).items()) {
          for (var manifest : each) {
            deleteUnlessNeeded(repository, manifest.digest());
          }
        }
      }
      world.endEmpty();
    }

    private static void deleteUnlessNeeded(Repository repository, Digest manifest)
        throws IOException {
      try {
        repository.manifests().delete(Reference.of(manifest));
      } catch (ReferencedException e) {
        // Its index goes first.
        return;
      }
    }

    /** Every image that was accepted is here, with its layer. */
    private void assertWhole() throws IOException {
      for (String image : accepted) {
        assertEquals(
            content(image), a().manifests().get(Reference.of(digest(image))).content(), image);
        assertEquals(content(LAYER), a().blobs().get(digest(LAYER), 100), image);
      }
    }
  }
}

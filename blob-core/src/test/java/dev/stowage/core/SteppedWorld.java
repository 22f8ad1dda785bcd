package dev.stowage.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.stowage.contract.FaultyBlobData;
import dev.stowage.contract.FaultyBlobData.Operation;
import dev.stowage.contract.InMemoryBlobData;
import dev.stowage.contract.InMemoryMetadataStore;
import dev.stowage.contract.LeakTrackingBlobData;
import dev.stowage.maintenance.CollectionPolicy;
import dev.stowage.spi.StoreTime;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A registry every step of which is a place where another side may move: each transaction, each
 * operation on bytes, and each look into the leases.
 */
final class SteppedWorld {
  private static final String LEASES = "dev.stowage.core.review.Leases";

  /** What happens to a staging that one side holds is nothing to another one. */
  private static final Set<Operation> SEEN_BY_OTHERS =
      Set.of(Operation.PLACE_BEFORE_EFFECT, Operation.PLACE_AFTER_EFFECT, Operation.DELETE);

  final Stepper stepper = new Stepper();
  final SteppedTime time = new SteppedTime();
  final InMemoryMetadataStore truth = new InMemoryMetadataStore();
  final StowageRegistry registry;
  private final CollectionPolicy policy;
  private final InMemoryBlobData memory = new InMemoryBlobData();
  private final LeakTrackingBlobData tracked;

  /** A world that has been there for longer than a lease. */
  SteppedWorld(CollectionPolicy policy) throws IOException {
    this.policy = policy;
    FaultyBlobData stepped = new FaultyBlobData(memory);
    stepped.failWhen(
        call -> {
          if (SEEN_BY_OTHERS.contains(call.operation())) {
            stepper.step();
          }
          return false;
        });
    this.tracked = new LeakTrackingBlobData(stepped);
    this.registry = open();
    time.pass(policy.lease());
    collect();
  }

  private StowageRegistry open() throws IOException {
    return StowageRegistry.open(
        tracked,
        new SteppedMetadataStore(truth, stepper),
        new LineManifestReader(),
        CoreOptions.defaults().withClock(time).withNanos(this::nanos).withCollection(policy));
  }

  private long nanos() {
    // Clocks are read for other ends as well; those do not depend on what another side does.
    boolean leases =
        StackWalker.getInstance()
            .walk(frames -> frames.limit(3).anyMatch(f -> f.getClassName().equals(LEASES)));
    if (leases) {
      stepper.step();
    }
    return time.nanos();
  }

  void collect() throws IOException {
    registry.collector().collect(removal -> {});
  }

  /** Waits for longer than anything is kept, and collects what is garbage by then. */
  void collectAll() throws IOException {
    for (int i = 0; i < 3; i++) {
      time.pass(
          policy.grace().plus(policy.lease()).plus(policy.history()).plus(Duration.ofSeconds(1)));
      collect();
    }
  }

  /** Ends the world, in which nothing but garbage is left. */
  void endEmpty() throws IOException {
    collectAll();
    registry.uploadExpiry().expire();
    assertEquals(
        List.of(),
        truth.read(f -> f.reviews(Optional.empty(), new StoreTime(Long.MAX_VALUE), 9)),
        "what is queued");
    assertEquals(List.of(), truth.read(f -> f.doomed(Optional.empty(), 9)), "what is doomed");
    assertEquals(List.of(), truth.read(f -> f.uploads(Optional.empty(), 9)), "open uploads");
    assertEquals(List.of(), memory.placements(Optional.empty(), 9), "bytes");
    assertEquals(List.of(), memory.stagings(Optional.empty(), 9), "staged bytes");
    registry.close();
    tracked.assertNothingOpen();
  }
}

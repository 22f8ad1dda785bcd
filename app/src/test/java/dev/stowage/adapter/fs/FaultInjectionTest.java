package dev.stowage.adapter.fs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.stowage.adapter.fs.FaultyDisk.Fault;
import dev.stowage.adapter.fs.FaultyDisk.Mode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/**
 * Every operation on the disk fails in turn, under a client that uploads, mounts and deletes, and
 * under a store that is made.
 *
 * <p>{@code -Dstowage.faults=all} tries every fault in every mode.
 */
class FaultInjectionTest {
  private static final int FEW_OPERATIONS = 20;
  private static final AtomicLong TRIALS = new AtomicLong();
  private static final AtomicLong INJECTED = new AtomicLong();

  @TempDir Path directory;

  static Stream<Arguments> faults() {
    if ("all".equals(System.getProperty("stowage.faults"))) {
      return Stream.of(Fault.values())
          .flatMap(
              fault ->
                  Stream.of(Mode.values())
                      .flatMap(
                          mode -> Stream.of(0, 16).map(idle -> Arguments.of(fault, mode, idle))));
    }
    return Stream.of(
        Arguments.of(Fault.BROKEN, Mode.ONCE, 0),
        Arguments.of(Fault.BROKEN, Mode.ONCE_AFTER_THE_EFFECT, 16),
        Arguments.of(Fault.BROKEN, Mode.FROM_THEN_ON, 16),
        Arguments.of(Fault.FULL, Mode.ONCE, 16),
        Arguments.of(Fault.FULL, Mode.FROM_THEN_ON, 0),
        Arguments.of(Fault.READ_ONLY, Mode.FROM_THEN_ON, 16),
        Arguments.of(Fault.NO_HANDLES, Mode.FROM_THEN_ON, 0));
  }

  @ParameterizedTest(name = "{0} {1}, {2} idle uploads keep their file")
  @MethodSource("faults")
  void losesNothingAndGoesOn(Fault fault, Mode mode, int idleUploads) throws IOException {
    Path root = directory.toRealPath().resolve("store");
    FaultyDisk disk = new FaultyDisk();
    new FaultTrial(root, disk, idleUploads, 0).run();
    long trials = 0;
    long before;
    do {
      before = disk.injected();
      trials++;
      disk.arm(fault, mode, trials);
      try {
        new FaultTrial(root, disk, idleUploads, trials).run();
      } catch (IOException | RuntimeException | AssertionError e) {
        throw new AssertionError("with operation " + trials + " of " + fault + " " + mode, e);
      }
    } while (disk.injected() > before);
    assertTrue(trials > FEW_OPERATIONS, "few operations were tried");
    TRIALS.addAndGet(trials - 1);
    INJECTED.addAndGet(disk.injected());
  }

  @Test
  void aStoreThatCouldNotBeMadeIsMadeAtTheNextAttempt() throws IOException {
    FaultyDisk disk = new FaultyDisk();
    disk.arm(Fault.BROKEN, Mode.ONCE, Long.MAX_VALUE);
    FaultTrial whole = new FaultTrial(root(0), disk, 0, 0);
    long operations = disk.counted();
    whole.close();
    // The shards are one like the other, so most of their making is left out.
    for (long nth = 1; nth <= operations; nth += nth == FEW_OPERATIONS ? Layout.SHARDS - 10 : 1) {
      disk.arm(Fault.BROKEN, Mode.ONCE, nth);
      long before = disk.injected();
      FaultTrial trial = new FaultTrial(root(nth), disk, 0, nth);
      assertEquals(before + 1, disk.injected(), "operation " + nth);
      disk.heal();
      trial.run();
      TRIALS.incrementAndGet();
      INJECTED.incrementAndGet();
    }
    assertTrue(operations > Layout.SHARDS);
  }

  private Path root(long number) throws IOException {
    return directory.toRealPath().resolve("store-" + number);
  }

  /** The faults are thousands, and the store tells of each. */
  @BeforeAll
  static void silence() {
    logger().setLevel(Level.OFF);
  }

  private static Logger logger() {
    return (Logger) LoggerFactory.getLogger("dev.stowage");
  }

  @AfterAll
  static void tell() {
    logger().setLevel(null);
    System.out.println(TRIALS + " trials with " + INJECTED + " faults of the disk injected");
  }
}

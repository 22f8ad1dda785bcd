package dev.stowage.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stowage.blob.Digest;
import dev.stowage.blob.UploadId;
import dev.stowage.contract.FaultyBlobData.Call;
import dev.stowage.contract.FaultyBlobData.Operation;
import dev.stowage.spi.Placement;
import dev.stowage.spi.Staging;
import dev.stowage.spi.StagingState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FaultyBlobDataTest {
  private final InMemoryBlobData memory = new InMemoryBlobData();
  private final FaultyBlobData data = new FaultyBlobData(memory);
  private final UploadId id = UploadId.random();

  @ParameterizedTest
  @EnumSource
  void everyOperationFailsOnceItIsToldTo(Operation operation) throws IOException {
    data.failNth(operation, 1);
    assertThrows(IOException.class, this::goThroughAll);
  }

  @Test
  void onlyTheNthCallFails() throws IOException {
    data.failNth(Operation.STAGINGS, 2);
    data.stagings(Optional.empty(), 1);
    assertThrows(IOException.class, () -> data.stagings(Optional.empty(), 1));
    data.stagings(Optional.empty(), 1);
    assertEquals(3, data.count(Operation.STAGINGS));
  }

  @Test
  void everyCallFailsUntilItIsHealed() throws IOException {
    data.failEvery(Operation.STAGE);
    assertThrows(IOException.class, () -> data.stage(id));
    assertThrows(IOException.class, () -> data.stage(id));
    data.heal();
    data.stage(id).close();
  }

  @Test
  void aPredicateSeesWhatIsAboutToHappen() throws IOException {
    List<Call> calls = new ArrayList<>();
    data.failWhen(calls::add);
    assertThrows(IOException.class, () -> data.discard(id));
    assertEquals(List.of(new Call(Operation.DISCARD, 1, id.toString())), calls);
  }

  @Test
  void aFailedWriteHasWrittenTheFirstHalf() throws IOException {
    Staging staging = data.stage(id);
    data.failNth(Operation.STAGING_WRITE, 1);
    assertThrows(IOException.class, () -> staging.write(ByteBuffer.allocate(9)));
    assertEquals(4, staging.size());
  }

  @Test
  void aFailedCloseDiscards() throws IOException {
    Staging staging = data.stage(id);
    data.failNth(Operation.STAGING_CLOSE, 1);
    assertThrows(IOException.class, staging::close);
    staging.close();
    assertTrue(data.reopen(id, StagingState.NONE).isEmpty());
  }

  @Test
  void aFailedCutLeavesAStagingThatIsGoodOnlyToBeDiscarded() throws IOException {
    Staging staging = data.stage(id);
    staging.write(ByteBuffer.allocate(9));
    data.failNth(Operation.STAGING_TRUNCATE, 1);
    assertThrows(IOException.class, () -> staging.truncate(1));
    assertThrows(IOException.class, () -> staging.write(ByteBuffer.allocate(1)));
    assertThrows(IOException.class, () -> data.place(staging, digest(9)));
    assertEquals(List.of(), memory.stagings(Optional.empty(), 10));
    assertEquals(List.of(), memory.placements(Optional.empty(), 10));
  }

  @Test
  void placingThatFailsBeforeItsEffectDiscards() throws IOException {
    Staging staging = data.stage(id);
    data.failNth(Operation.PLACE_BEFORE_EFFECT, 1);
    assertThrows(IOException.class, () -> data.place(staging, digest(0)));
    assertEquals(List.of(), memory.placements(Optional.empty(), 10));
    assertEquals(List.of(), memory.stagings(Optional.empty(), 10));
  }

  @Test
  void placingThatFailsAfterItsEffectLeavesBytesThatNobodyKnows() throws IOException {
    Staging staging = data.stage(id);
    data.failNth(Operation.PLACE_AFTER_EFFECT, 1);
    assertThrows(IOException.class, () -> data.place(staging, digest(0)));
    assertEquals(1, memory.placements(Optional.empty(), 10).size());
  }

  @Test
  void everyOperationIsSeen() throws IOException {
    Set<Operation> seen = new TreeSet<>();
    data.failWhen(
        call -> {
          seen.add(call.operation());
          return false;
        });
    goThroughAll();
    assertEquals(Set.of(Operation.values()), seen);
  }

  /** Does everything once. */
  private void goThroughAll() throws IOException {
    UploadId upload = UploadId.random();
    Staging first = data.stage(upload);
    first.write(ByteBuffer.allocate(9));
    first.read(ByteBuffer.allocate(9), 0);
    first.truncate(3);
    first.close();
    Staging second = data.reopen(upload, first.state()).orElseThrow();
    Placement placement = data.place(second, digest(3));
    data.open(placement).close();
    data.directUrl(placement);
    data.placements(Optional.empty(), 1);
    data.stagings(Optional.empty(), 1);
    data.delete(placement);
    data.stage(upload).discard();
    data.discard(upload);
    data.close();
  }

  private static Digest digest(int length) {
    return Digest.canonical(ByteBuffer.allocate(length));
  }
}

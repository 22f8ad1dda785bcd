package dev.stowage.core;

import static dev.stowage.core.Bench.A;
import static dev.stowage.core.Bench.claim;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.stowage.blob.BlobWriter;
import dev.stowage.blob.UploadId;
import dev.stowage.blob.UploadUnknownException;
import dev.stowage.contract.FaultyBlobData.Operation;
import dev.stowage.maintenance.CollectionPolicy;
import dev.stowage.maintenance.UploadExpiryReport;
import dev.stowage.spi.StagingState;
import dev.stowage.spi.UploadFact;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which uploads are cancelled, and when. */
class UploadExpiryTest {
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration MOMENT = Duration.ofMillis(1);

  private final SteppedTime time = new SteppedTime();
  private final Bench bench = new Bench(options(DAY));

  UploadExpiryTest() throws IOException {}

  private CoreOptions options(Duration expiry) {
    return CoreOptions.defaults()
        .withIdleUploads(1)
        .withClock(time)
        .withCollection(CollectionPolicy.defaults().withUploads(expiry))
        .withNanos(time::nanos);
  }

  @AfterEach
  void nothingIsLeftOpen() throws IOException {
    bench.close();
  }

  private UploadExpiryReport expire() throws IOException {
    return bench.registry.uploadExpiry().expire();
  }

  private BlobWriter abandoned(String text) throws IOException {
    BlobWriter writer = bench.written(text);
    writer.close();
    return writer;
  }

  @Test
  void cancelsAnUploadThatNobodyTouchedForTheTime() throws IOException {
    BlobWriter upload = abandoned("four");
    time.pass(DAY.minus(MOMENT));
    assertEquals(new UploadExpiryReport(0, 0, 1), expire());
    time.pass(MOMENT);
    assertEquals(new UploadExpiryReport(1, 4, 0), expire());
    bench.assertNoUploads();
    assertThrows(UploadUnknownException.class, () -> bench.blobs().resume(upload.id()));
    assertEquals(new UploadExpiryReport(0, 0, 0), expire());
  }

  @Test
  void cancelsThoseWhoseFileIsClosedAsWell() throws IOException {
    for (int i = 0; i < 5; i++) {
      abandoned("four");
    }
    time.pass(DAY);
    assertEquals(new UploadExpiryReport(5, 20, 0), expire());
    bench.assertNoUploads();
  }

  @Test
  void neverCancelsAnUploadThatIsBeingUsed() throws IOException {
    BlobWriter writer = bench.written("four");
    time.pass(DAY.multipliedBy(9));
    assertEquals(new UploadExpiryReport(0, 0, 1), expire());
    writer.commit(claim("four"));
  }

  @Test
  void countsFromTheEndOfTheLastUse() throws IOException {
    BlobWriter writer = bench.written("four");
    time.pass(DAY.multipliedBy(9));
    writer.close();
    time.pass(DAY.minus(MOMENT));
    assertEquals(1, expire().open());
    time.pass(MOMENT);
    assertEquals(1, expire().uploads());
  }

  @Test
  void toAskHowFarItIsTouchesIt() throws IOException {
    BlobWriter writer = abandoned("four");
    time.pass(DAY.minus(MOMENT));
    bench.blobs().resume(writer.id()).close();
    time.pass(DAY.minus(MOMENT));
    assertEquals(1, expire().open());
    time.pass(MOMENT);
    assertEquals(1, expire().uploads());
  }

  @Test
  void countsAnewFromARestart() throws IOException {
    abandoned("four");
    time.pass(DAY.minus(MOMENT));
    bench.registry.close();
    bench.kill();
    time.pass(DAY.minus(MOMENT));
    assertEquals(1, expire().open());
    time.pass(MOMENT);
    assertEquals(new UploadExpiryReport(1, 4, 0), expire());
    bench.assertNoUploads();
  }

  @Test
  void anUploadThatBeginsLateIsNotOld() throws IOException {
    time.pass(DAY.multipliedBy(2));
    bench.bytes.failWhen(
        call -> {
          if (call.operation() == Operation.STAGE) {
            assertOpen(1);
          }
          return false;
        });
    BlobWriter writer = bench.written("four");
    writer.commit(claim("four"));
  }

  private void assertOpen(long open) {
    try {
      assertEquals(new UploadExpiryReport(0, 0, open), expire());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void atZeroItCancelsWhatNobodyUses() throws IOException {
    bench.registry.close();
    bench.kill(options(Duration.ZERO));
    abandoned("four");
    BlobWriter used = bench.written("used");
    assertEquals(new UploadExpiryReport(1, 4, 1), expire());
    used.commit(claim("used"));
    bench.assertNoUploads();
  }

  @Test
  void anUploadWhoseBytesAreGoneIsForgotten() throws IOException {
    UploadFact fact = new UploadFact(UploadId.random(), A, "", Instant.EPOCH, StagingState.NONE);
    bench.truth.write(
        f -> {
          f.putUpload(fact);
          return true;
        });
    time.pass(DAY);
    assertEquals(new UploadExpiryReport(1, 0, 0), expire());
    bench.assertNoUploads();
  }
}

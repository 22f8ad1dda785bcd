package dev.stowage.adapter.fs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stowage.blob.Digest;
import dev.stowage.blob.UploadId;
import dev.stowage.spi.Placement;
import dev.stowage.spi.Staging;
import dev.stowage.spi.StagingState;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InterruptTest {
  private static final int CHUNK = 100_000;
  private static final int CHUNKS = 100;

  @TempDir Path directory;

  @Test
  void interruptsInTheMidstOfWritesAndForcesLoseNothing() throws Exception {
    byte[] content = new byte[CHUNK * CHUNKS];
    new Random(1).nextBytes(content);
    try (FileBlobData data = FileBlobData.open(directory, FileOptions.defaults())) {
      Placement placement = interruptedAllTheTime(() -> push(data, content));
      try (InputStream read = Channels.newInputStream(data.open(placement))) {
        assertArrayEquals(content, read.readAllBytes());
      }
    }
  }

  @Test
  void anInterruptedThreadOpensAStoreAndFindsItsStagings() throws IOException {
    FileOptions options = FileOptions.defaults();
    UploadId id = UploadId.random();
    Thread.currentThread().interrupt();
    try {
      try (FileBlobData data = FileBlobData.open(directory, options)) {
        assertTrue(Files.exists(directory.resolve("lock.holder")));
        data.stage(id).close();
      }
      try (FileBlobData data = FileBlobData.open(directory, options)) {
        boolean bootIsKnown = Files.exists(BootId.LINUX);
        Optional<Staging> found = data.reopen(id, StagingState.NONE);
        assertEquals(bootIsKnown, found.isPresent());
        if (found.isPresent()) {
          found.get().close();
        }
      }
    } finally {
      assertTrue(Thread.interrupted());
    }
  }

  private static Placement push(FileBlobData data, byte[] content) throws IOException {
    UploadId id = UploadId.random();
    Staging staging = data.stage(id);
    ByteBuffer direct = ByteBuffer.allocateDirect(CHUNK);
    for (int i = 0; i < CHUNKS; i++) {
      staging.write(direct.clear().put(content, i * CHUNK, CHUNK).flip());
      staging.write(ByteBuffer.wrap(content, 0, CHUNK));
      staging.truncate((i + 1L) * CHUNK);
      if (i % 10 == 0) {
        staging.close();
        staging = data.reopen(id, staging.state()).orElseThrow();
      }
    }
    assertEquals(content.length, staging.size());
    return data.place(staging, Digest.canonical(ByteBuffer.wrap(content)));
  }

  private static Placement interruptedAllTheTime(Push push) throws Exception {
    Thread victim = Thread.currentThread();
    AtomicBoolean done = new AtomicBoolean();
    Thread interrupter =
        new Thread(
            () -> {
              while (!done.get()) {
                victim.interrupt();
                Thread.onSpinWait();
              }
            });
    interrupter.start();
    try {
      return push.run();
    } finally {
      done.set(true);
      while (interrupter.isAlive()) {
        joinOnce(interrupter);
      }
      Thread.interrupted();
    }
  }

  private static void joinOnce(Thread interrupter) {
    try {
      interrupter.join();
    } catch (InterruptedException stillInterrupting) {
      Thread.onSpinWait();
    }
  }

  private interface Push {
    Placement run() throws IOException;
  }
}

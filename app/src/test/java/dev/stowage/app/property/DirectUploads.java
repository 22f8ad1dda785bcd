package dev.stowage.app.property;

import dev.stowage.StowageException;
import dev.stowage.blob.BlobStore;
import dev.stowage.blob.BlobUnknownException;
import dev.stowage.blob.BlobWriter;
import dev.stowage.blob.Digest;
import dev.stowage.blob.DigestAlgorithm;
import dev.stowage.blob.Provisional;
import dev.stowage.blob.UploadId;
import dev.stowage.registry.RepositoryName;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/** Uploads through the registry's own interface. */
record DirectUploads(Installation installation) implements UploadDoor {
  @FunctionalInterface
  private interface Use {
    Outcome by(BlobWriter writer) throws IOException;
  }

  @Override
  public UploadId create(RepositoryName repository, DigestAlgorithm algorithm) throws IOException {
    try (BlobWriter writer = blobs(repository).create(algorithm)) {
      return writer.id();
    }
  }

  @Override
  public Outcome append(RepositoryName repository, UploadId id, byte[] bytes) throws IOException {
    return hold(
        repository,
        id,
        writer -> {
          appendHalves(writer, bytes);
          return Outcome.done(writer.size());
        });
  }

  @Override
  public Outcome chunk(
      RepositoryName repository, UploadId id, long offset, long length, byte[] bytes)
      throws IOException {
    return hold(
        repository,
        id,
        writer -> {
          writer.transferFrom(channel(bytes), offset, length);
          return Outcome.done(writer.size());
        });
  }

  @Override
  public Outcome status(RepositoryName repository, UploadId id) throws IOException {
    return hold(repository, id, writer -> Outcome.done(writer.size()));
  }

  @Override
  public Outcome cancel(RepositoryName repository, UploadId id) throws IOException {
    return hold(
        repository,
        id,
        writer -> {
          writer.cancel();
          writer.cancel();
          return Outcome.done();
        });
  }

  @Override
  public Outcome commit(RepositoryName repository, UploadId id, byte[] last, Digest digest)
      throws IOException {
    return hold(
        repository,
        id,
        writer -> {
          appendHalves(writer, last);
          writer.commit(Provisional.of(digest));
          // It does nothing after a commit.
          writer.cancel();
          return Outcome.done();
        });
  }

  @Override
  public Outcome commitOfWrongSize(RepositoryName repository, UploadId id, Digest digest, long size)
      throws IOException {
    return hold(
        repository,
        id,
        writer -> {
          writer.commit(
              new Provisional(digest, OptionalLong.of(writer.size() + size), Optional.empty()));
          return Outcome.done();
        });
  }

  @Override
  public Takeover takeOver(
      RepositoryName repository, UploadId id, byte[] first, boolean chunk, long size, byte[] second)
      throws IOException {
    Outcome[] newer = {Outcome.done()};
    Interrupted source =
        new Interrupted(ByteBuffer.wrap(first), () -> newer[0] = append(repository, id, second));
    Outcome older =
        hold(
            repository,
            id,
            writer -> {
              if (chunk) {
                writer.transferFrom(source, size, first.length);
              } else {
                writer.transferFrom(source);
              }
              return Outcome.done(writer.size());
            });
    return source.begun
        ? new Takeover(older, chunk ? 0 : first.length / 2, newer[0])
        : new Takeover(older, 0, append(repository, id, second));
  }

  @Override
  public Optional<byte[]> blob(RepositoryName repository, Digest digest) throws IOException {
    try {
      ByteBuffer content = blobs(repository).get(digest, Integer.MAX_VALUE);
      byte[] bytes = new byte[content.remaining()];
      content.get(bytes);
      return Optional.of(bytes);
    } catch (BlobUnknownException e) {
      return Optional.empty();
    }
  }

  private Outcome hold(RepositoryName repository, UploadId id, Use use) throws IOException {
    try (BlobWriter writer = blobs(repository).resume(id)) {
      try {
        return use.by(writer);
      } catch (StowageException e) {
        return Outcome.refused(e.kind(), writer.size());
      }
    } catch (StowageException e) {
      return Outcome.refused(e.kind());
    }
  }

  private BlobStore blobs(RepositoryName repository) {
    return installation.registry().repository(repository).blobs();
  }

  private static void appendHalves(BlobWriter writer, byte[] bytes) throws IOException {
    writer.write(ByteBuffer.wrap(bytes, 0, bytes.length / 2));
    writer.transferFrom(channel(Arrays.copyOfRange(bytes, bytes.length / 2, bytes.length)));
  }

  private static ReadableByteChannel channel(byte[] bytes) {
    return Channels.newChannel(new ByteArrayInputStream(bytes));
  }

  @FunctionalInterface
  private interface Interruption {
    void run() throws IOException;
  }

  /** Bytes of which the second half comes after something else was done. */
  private static final class Interrupted implements ReadableByteChannel {
    private final ByteBuffer bytes;
    private final Interruption interruption;
    private boolean begun;
    private boolean interrupted;

    Interrupted(ByteBuffer bytes, Interruption interruption) {
      this.bytes = bytes;
      this.interruption = interruption;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
      int half = bytes.capacity() / 2;
      begun = true;
      if (bytes.position() == half && !interrupted) {
        interrupted = true;
        interruption.run();
      }
      if (!bytes.hasRemaining()) {
        return -1;
      }
      int end = bytes.position() < half ? half : bytes.capacity();
      int length = Math.min(target.remaining(), end - bytes.position());
      target.put(bytes.slice(bytes.position(), length));
      bytes.position(bytes.position() + length);
      return length;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }
}

package dev.stowage.core.scrub;

import dev.stowage.blob.Damage;
import dev.stowage.blob.DigestAlgorithm;
import dev.stowage.core.digest.ContentDigester;
import dev.stowage.spi.BlobData;
import dev.stowage.spi.StoredBlob;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/** Compares the bytes of blobs with their records. Used by one thread. */
final class BlobCheck {
  private static final Logger LOG = System.getLogger(BlobCheck.class.getName());
  private static final int BUFFER = 256 * 1024;

  private final BlobData data;
  private final Pace pace;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);

  BlobCheck(BlobData data, Pace pace) {
    this.data = data;
    this.pace = pace;
  }

  /**
   * What is wrong with the bytes at a blob's placement. Bytes with another digest are read a second
   * time, since it may have been the reading.
   *
   * @throws IOException if the round is ended from outside
   */
  Optional<Damage> damage(StoredBlob blob) throws IOException {
    Optional<Damage> first = look(blob);
    return first.equals(Optional.of(Damage.WRONG_DIGEST)) ? look(blob) : first;
  }

  private Optional<Damage> look(StoredBlob blob) throws IOException {
    try (SeekableByteChannel channel = data.open(blob.placement())) {
      return channel.size() == blob.size() ? digest(blob, channel) : Optional.of(Damage.WRONG_SIZE);
    } catch (EndedException e) {
      throw e.ending;
    } catch (NoSuchFileException e) {
      return Optional.of(Damage.MISSING);
    } catch (ClosedByInterruptException | InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      LOG.log(Level.WARNING, "blob " + blob.digest() + " cannot be read", e);
      return Optional.of(Damage.UNREADABLE);
    }
  }

  private Optional<Damage> digest(StoredBlob blob, SeekableByteChannel channel) throws IOException {
    ContentDigester digester = ContentDigester.of(DigestAlgorithm.SHA256);
    buffer.clear();
    for (int read = channel.read(buffer); read >= 0; read = channel.read(buffer)) {
      digester.update(buffer.flip());
      buffer.clear();
      try {
        pace.read(read);
      } catch (IOException e) {
        throw new EndedException(e);
      }
    }
    return digester.canonical().equals(blob.digest())
        ? Optional.empty()
        : Optional.of(Damage.WRONG_DIGEST);
  }

  /** The end of the round, which is no failure of the bytes that are being read. */
  private static final class EndedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient IOException ending;

    EndedException(IOException ending) {
      super(ending);
      this.ending = ending;
    }
  }
}

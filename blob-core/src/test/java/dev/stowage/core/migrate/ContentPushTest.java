package dev.stowage.core.migrate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stowage.blob.BlobUnknownException;
import dev.stowage.blob.Digest;
import dev.stowage.contract.InMemoryBlobData;
import dev.stowage.contract.InMemoryMetadataStore;
import dev.stowage.contract.LeakTrackingBlobData;
import dev.stowage.core.CoreOptions;
import dev.stowage.core.StowageRegistry;
import dev.stowage.maintenance.Progress;
import dev.stowage.registry.Repository;
import dev.stowage.registry.RepositoryName;
import dev.stowage.spi.ManifestContent;
import dev.stowage.spi.Placement;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ContentPushTest {
  private static final Digest DIGEST = Digest.canonical(ByteBuffer.wrap("content".getBytes(UTF_8)));

  private final InMemoryBlobData source = new InMemoryBlobData();
  private final InMemoryBlobData memory = new InMemoryBlobData();
  private final LeakTrackingBlobData data = new LeakTrackingBlobData(memory);
  private final InMemoryMetadataStore facts = new InMemoryMetadataStore();
  private final StowageRegistry registry;
  private final Repository repository;
  private final Map<Digest, Placement> contents = new HashMap<>();

  ContentPushTest() throws IOException {
    registry =
        StowageRegistry.open(
            data,
            facts,
            (type, content) -> new ManifestContent(List.of(), Optional.empty(), Map.of()),
            CoreOptions.defaults());
    repository = registry.repository(new RepositoryName("a"));
  }

  @AfterEach
  void close() throws IOException {
    registry.close();
    data.assertNothingOpen();
    assertEquals(List.of(), memory.stagings(Optional.empty(), 1));
    assertEquals(List.of(), facts.read(f -> f.uploads(Optional.empty(), 1)));
  }

  private ContentPush push(Progress progress) {
    return new ContentPush(
        repository,
        (type, content) -> new ManifestContent(List.of(), Optional.empty(), Map.of()),
        this::open,
        new Taken(progress));
  }

  private Optional<SeekableByteChannel> open(Digest digest) throws IOException {
    return contents.containsKey(digest)
        ? Optional.of(source.open(contents.get(digest)))
        : Optional.empty();
  }

  private void offer(Digest digest, String text) {
    Placement place = new Placement(digest.hex());
    source.damage(place, Optional.of(text.getBytes(UTF_8)));
    contents.put(digest, place);
  }

  @Test
  void endsInTheMiddleOfABlobForWhichNobodyWaits() throws IOException {
    offer(DIGEST, "content");
    InterruptedIOException ending = new InterruptedIOException("nobody waits");
    ContentPush push =
        push(
            line -> {
              throw ending;
            });
    assertSame(
        ending, assertThrows(IOException.class, () -> push.blob(DIGEST, OptionalLong.of(7))));
    assertThrows(BlobUnknownException.class, () -> repository.blobs().stat(DIGEST));
  }

  @Test
  void pushesWhatIsThereAndSaysWhatIsNot() throws IOException {
    ContentPush push = push(Progress.SILENT);
    assertFalse(push.blob(DIGEST, OptionalLong.empty()));
    offer(DIGEST, "content");
    assertTrue(push.blob(DIGEST, OptionalLong.empty()));
    contents.clear();
    assertTrue(push.blob(DIGEST, OptionalLong.empty()), "it is here by now");
    assertEquals(7, repository.blobs().stat(DIGEST).size());
  }
}

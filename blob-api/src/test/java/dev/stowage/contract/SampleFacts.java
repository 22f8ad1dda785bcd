package dev.stowage.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stowage.blob.Damage;
import dev.stowage.blob.Descriptor;
import dev.stowage.blob.Digest;
import dev.stowage.blob.DigestAlgorithm;
import dev.stowage.blob.MediaType;
import dev.stowage.blob.UploadId;
import dev.stowage.registry.HistoryEntry;
import dev.stowage.registry.Referrer;
import dev.stowage.registry.RepositoryName;
import dev.stowage.registry.Tag;
import dev.stowage.spi.BlobLink;
import dev.stowage.spi.Edge;
import dev.stowage.spi.EdgeRole;
import dev.stowage.spi.HistoryFact;
import dev.stowage.spi.Hold;
import dev.stowage.spi.Placement;
import dev.stowage.spi.QuarantinedBlob;
import dev.stowage.spi.StagingState;
import dev.stowage.spi.StoreTime;
import dev.stowage.spi.StoredBlob;
import dev.stowage.spi.StoredManifest;
import dev.stowage.spi.TagTarget;
import dev.stowage.spi.UploadFact;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Facts to try a store with; the same words make the same fact. */
public final class SampleFacts {
  /** A media type of a manifest. */
  public static final MediaType MANIFEST =
      new MediaType("application/vnd.oci.image.manifest.v1+json");

  private SampleFacts() {}

  /** The canonical digest of a text. */
  public static Digest digest(String text) {
    return Digest.canonical(bytes(text));
  }

  /** The digest of a text in the algorithm that is not canonical. */
  public static Digest alias(String text) {
    return Digest.of(DigestAlgorithm.SHA512, bytes(text));
  }

  /** The canonical digest whose hexadecimal digits are one digit, over and over. */
  public static Digest digestOf(char digit) {
    return new Digest(DigestAlgorithm.SHA256, String.valueOf(digit).repeat(64));
  }

  /** A repository's name. */
  public static RepositoryName name(String name) {
    return new RepositoryName(name);
  }

  /** A blob's record. */
  public static StoredBlob blob(Digest digest, long size) {
    return new StoredBlob(digest, size, new Placement("placed/" + digest.hex()));
  }

  /** A blob whose bytes were found to be others. */
  public static QuarantinedBlob quarantined(Digest digest) {
    return new QuarantinedBlob(
        blob(digest, 300), Damage.WRONG_DIGEST, Instant.ofEpochMilli(1_700_000_000_789L));
  }

  /** A link of the plainest type. */
  public static BlobLink link(Digest digest) {
    return new BlobLink(digest, MediaType.OCTET_STREAM);
  }

  /** A manifest without a subject, whose bytes are a text. */
  public static StoredManifest manifest(String text) {
    ByteBuffer content = bytes(text);
    Digest digest = Digest.canonical(content);
    return new StoredManifest(
        new Descriptor(MANIFEST, content.remaining(), digest), digest, content);
  }

  /** A tag that points at a manifest, by the canonical digest. */
  public static TagTarget tag(String tag, Digest manifest) {
    return new TagTarget(
        new Tag(tag), manifest, manifest, Instant.ofEpochMilli(1_700_000_000_123L));
  }

  /** A hold that ends at a time of the store's clock. */
  public static Hold hold(StoredManifest manifest, long until) {
    return new Hold(
        manifest, new StoreTime(until), Instant.ofEpochMilli(1_700_000_000_789L), "somebody");
  }

  /** A change to a tag, or to a manifest, that may be forgotten at a time of the store's clock. */
  public static HistoryFact change(long number, Optional<Tag> tag, long until) {
    HistoryEntry.Version from = new HistoryEntry.Version(digest("from"), alias("from"));
    HistoryEntry entry =
        new HistoryEntry(
            number,
            Instant.ofEpochMilli(1_700_000_000_000L + number),
            "somebody",
            HistoryEntry.Change.DELETED,
            tag,
            Optional.of(from),
            Optional.empty());
    return new HistoryFact(entry, new StoreTime(until));
  }

  /** An edge. */
  public static Edge edge(Digest from, EdgeRole role, Digest to) {
    return new Edge(from, role, to);
  }

  /** A referrer that says nothing of itself. */
  public static Referrer referrer(Digest digest) {
    return new Referrer(digest, new Descriptor(MANIFEST, 17, digest), Optional.empty(), Map.of());
  }

  /** An upload whose id ends in a number. */
  public static UploadFact upload(long number) {
    return new UploadFact(
        new UploadId(new UUID(0x0123_4567_89ab_4defL, 0x8000_0000_0000_0000L | number)),
        name("library/upload"),
        "somebody",
        Instant.ofEpochMilli(1_700_000_000_456L),
        StagingState.NONE);
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }
}

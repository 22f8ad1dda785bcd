package dev.stowage.adapter.rocksdb;

import dev.stowage.adapter.rocksdb.FieldReader.DamagedException;
import dev.stowage.blob.Damage;
import dev.stowage.blob.Descriptor;
import dev.stowage.blob.Digest;
import dev.stowage.blob.MediaType;
import dev.stowage.blob.UploadId;
import dev.stowage.registry.HistoryEntry;
import dev.stowage.registry.Referrer;
import dev.stowage.registry.RepositoryName;
import dev.stowage.registry.Tag;
import dev.stowage.spi.BlobLink;
import dev.stowage.spi.ClockReading;
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
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How facts are written as values. A value holds what its key does not say.
 *
 * <p>Its first byte is the version of that kind of record, so that one kind can change while all
 * others, and the records that are already there, stay as they are. The fields follow in a fixed
 * order without names: a database has millions of links and edges, and a self-describing encoding
 * would spend more on field names than on facts. Entries of an index have an empty value.
 *
 * <p>A link or manifest that is marked for review is a record of the second version, with the time
 * in front; without a mark it stays one of the first.
 */
final class Records {
  /** The value of what is said by its key alone. */
  static final byte[] PRESENT = {};

  private static final int FIRST = 1;
  private static final int MARKED = 2;

  private Records() {}

  static byte[] ofBlob(StoredBlob blob) {
    return record().number(blob.size()).text(blob.placement().value()).toBytes();
  }

  static StoredBlob blob(Digest digest, byte[] value) {
    FieldReader fields = fields(value);
    StoredBlob blob = new StoredBlob(digest, fields.number(), new Placement(fields.text()));
    fields.end();
    return blob;
  }

  static byte[] ofQuarantine(QuarantinedBlob quarantined) {
    return record()
        .number(quarantined.blob().size())
        .text(quarantined.blob().placement().value())
        .octet(damageCode(quarantined.damage()))
        .eightBytes(quarantined.since().toEpochMilli())
        .toBytes();
  }

  static QuarantinedBlob quarantine(Digest digest, byte[] value) {
    FieldReader fields = fields(value);
    QuarantinedBlob quarantined =
        new QuarantinedBlob(
            new StoredBlob(digest, fields.number(), new Placement(fields.text())),
            damage(fields.octet()),
            Instant.ofEpochMilli(fields.eightBytes()));
    fields.end();
    return quarantined;
  }

  private static int damageCode(Damage damage) {
    return switch (damage) {
      case MISSING -> 1;
      case WRONG_SIZE -> 2;
      case WRONG_DIGEST -> 3;
      case UNREADABLE -> 4;
    };
  }

  private static Damage damage(int code) {
    for (Damage damage : Damage.values()) {
      if (damageCode(damage) == code) {
        return damage;
      }
    }
    throw new DamagedException("there is no kind of damage of code " + code);
  }

  static byte[] ofAlias(Digest canonical) {
    return record().digest(canonical).toBytes();
  }

  static Digest alias(byte[] value) {
    FieldReader fields = fields(value);
    Digest canonical = fields.digest();
    fields.end();
    return canonical;
  }

  static byte[] ofLink(BlobLink link) {
    return markable(link.review()).text(link.mediaType().value()).toBytes();
  }

  static BlobLink link(Digest digest, byte[] value) {
    FieldReader fields = new FieldReader(value, 0);
    Optional<StoreTime> review = mark(fields);
    BlobLink link = new BlobLink(digest, new MediaType(fields.text()), review);
    fields.end();
    return link;
  }

  /** What a list of manifests shows. */
  static byte[] ofDescriptor(Descriptor descriptor, Optional<StoreTime> review) {
    return described(markable(review), descriptor).toBytes();
  }

  static Descriptor descriptor(Digest digest, byte[] value) {
    FieldReader fields = new FieldReader(value, 0);
    mark(fields);
    Descriptor descriptor = described(digest, fields);
    fields.end();
    return descriptor;
  }

  /** All of a manifest, so that one read gives it whole. */
  static byte[] ofManifest(StoredManifest manifest) {
    return described(markable(manifest.review()), manifest.descriptor())
        .digest(manifest.pushedWith())
        .bytes(manifest.content())
        .toBytes();
  }

  static StoredManifest manifest(Digest digest, byte[] value) {
    FieldReader fields = new FieldReader(value, 0);
    Optional<StoreTime> review = mark(fields);
    Descriptor descriptor = described(digest, fields);
    return new StoredManifest(descriptor, fields.digest(), fields.rest(), review);
  }

  static byte[] ofTag(TagTarget target) {
    return record()
        .digest(target.manifest())
        .digest(target.pushedWith())
        .eightBytes(target.movedAt().toEpochMilli())
        .toBytes();
  }

  static TagTarget tag(Tag tag, byte[] value) {
    FieldReader fields = fields(value);
    TagTarget target =
        new TagTarget(
            tag, fields.digest(), fields.digest(), Instant.ofEpochMilli(fields.eightBytes()));
    fields.end();
    return target;
  }

  static byte[] ofReferrer(Referrer referrer) {
    FieldWriter fields = described(record(), referrer.descriptor()).digest(referrer.name());
    fields.octet(referrer.artifactType().isPresent() ? 1 : 0);
    referrer.artifactType().ifPresent(fields::text);
    fields.number(referrer.annotations().size());
    referrer.annotations().forEach((key, value) -> fields.text(key).text(value));
    return fields.toBytes();
  }

  static Referrer referrer(Digest digest, byte[] value) {
    FieldReader fields = fields(value);
    Descriptor descriptor = described(digest, fields);
    Digest name = fields.digest();
    Optional<String> type = present(fields) ? Optional.of(fields.text()) : Optional.empty();
    Map<String, String> annotations = new LinkedHashMap<>();
    for (long count = fields.number(); count > 0; count--) {
      annotations.put(fields.text(), fields.text());
    }
    fields.end();
    return new Referrer(name, descriptor, type, annotations);
  }

  /** All of a hold but the manifest's bytes. */
  static byte[] ofHold(Hold hold) {
    return described(
            record()
                .eightBytes(hold.until().millis())
                .eightBytes(hold.since().toEpochMilli())
                .text(hold.actor()),
            hold.manifest().descriptor())
        .toBytes();
  }

  /** A hold, without its manifest. */
  record Held(StoreTime until, Instant since, String actor, Descriptor descriptor) {}

  static Held hold(Digest digest, byte[] value) {
    FieldReader fields = fields(value);
    Held held =
        new Held(
            fields.storeTime(),
            Instant.ofEpochMilli(fields.eightBytes()),
            fields.text(),
            described(digest, fields));
    fields.end();
    return held;
  }

  static byte[] ofHistory(HistoryFact fact) {
    HistoryEntry entry = fact.entry();
    FieldWriter fields =
        record()
            .eightBytes(fact.until().millis())
            .eightBytes(entry.at().toEpochMilli())
            .text(entry.actor())
            .octet(codeOf(entry.change()));
    fields.octet(entry.tag().isPresent() ? 1 : 0);
    entry.tag().ifPresent(tag -> fields.text(tag.value()));
    version(fields, entry.from());
    version(fields, entry.to());
    return fields.toBytes();
  }

  static HistoryFact history(long number, byte[] value) {
    FieldReader fields = fields(value);
    StoreTime until = fields.storeTime();
    HistoryEntry entry =
        new HistoryEntry(
            number,
            Instant.ofEpochMilli(fields.eightBytes()),
            fields.text(),
            change(fields.octet()),
            present(fields) ? Optional.of(new Tag(fields.text())) : Optional.empty(),
            version(fields),
            version(fields));
    fields.end();
    return new HistoryFact(entry, until);
  }

  private static void version(FieldWriter fields, Optional<HistoryEntry.Version> version) {
    fields.octet(version.isPresent() ? 1 : 0);
    version.ifPresent(v -> fields.digest(v.manifest()).digest(v.pushedWith()));
  }

  private static Optional<HistoryEntry.Version> version(FieldReader fields) {
    return present(fields)
        ? Optional.of(new HistoryEntry.Version(fields.digest(), fields.digest()))
        : Optional.empty();
  }

  // Written out, as what is on disk must not follow the order of an enum's constants.
  private static int codeOf(HistoryEntry.Change change) {
    return switch (change) {
      case SET -> 1;
      case MOVED -> 2;
      case DELETED -> 3;
      case RESTORED -> 4;
    };
  }

  private static HistoryEntry.Change change(int code) {
    return switch (code) {
      case 1 -> HistoryEntry.Change.SET;
      case 2 -> HistoryEntry.Change.MOVED;
      case 3 -> HistoryEntry.Change.DELETED;
      case 4 -> HistoryEntry.Change.RESTORED;
      default -> throw new DamagedException("a kind of change is unknown");
    };
  }

  static byte[] ofUpload(UploadFact upload) {
    return record()
        .text(upload.repository().value())
        .text(upload.actor())
        .eightBytes(upload.startedAt().toEpochMilli())
        .text(upload.state().value())
        .toBytes();
  }

  static UploadFact upload(UploadId id, byte[] value) {
    FieldReader fields = fields(value);
    UploadFact upload =
        new UploadFact(
            id,
            new RepositoryName(fields.text()),
            fields.text(),
            Instant.ofEpochMilli(fields.eightBytes()),
            new StagingState(fields.text()));
    fields.end();
    return upload;
  }

  static byte[] ofClock(ClockReading reading) {
    return record()
        .eightBytes(reading.store().millis())
        .eightBytes(reading.wall().toEpochMilli())
        .toBytes();
  }

  static ClockReading clock(byte[] value) {
    FieldReader fields = fields(value);
    ClockReading reading =
        new ClockReading(fields.storeTime(), Instant.ofEpochMilli(fields.eightBytes()));
    fields.end();
    return reading;
  }

  static byte[] ofReviewRules(String rules) {
    return record().text(rules).toBytes();
  }

  static String reviewRules(byte[] value) {
    FieldReader fields = fields(value);
    String rules = fields.text();
    fields.end();
    return rules;
  }

  /** From when on what a record of a link or a manifest stands for is up for review. */
  static Optional<StoreTime> review(byte[] value) {
    return mark(new FieldReader(value, 0));
  }

  private static FieldWriter markable(Optional<StoreTime> review) {
    return review.isEmpty()
        ? record()
        : new FieldWriter().octet(MARKED).eightBytes(review.get().millis());
  }

  private static Optional<StoreTime> mark(FieldReader fields) {
    int version = fields.octet();
    if (version == MARKED) {
      return Optional.of(fields.storeTime());
    }
    if (version != FIRST) {
      throw new DamagedException("it is a record of version " + version + ", not 1 or 2");
    }
    return Optional.empty();
  }

  private static FieldWriter described(FieldWriter fields, Descriptor descriptor) {
    return fields.text(descriptor.mediaType().value()).number(descriptor.size());
  }

  private static Descriptor described(Digest digest, FieldReader fields) {
    return new Descriptor(new MediaType(fields.text()), fields.number(), digest);
  }

  private static boolean present(FieldReader fields) {
    return switch (fields.octet()) {
      case 0 -> false;
      case 1 -> true;
      default -> throw new DamagedException("a mark of presence is neither 0 nor 1");
    };
  }

  private static FieldWriter record() {
    return new FieldWriter().octet(FIRST);
  }

  private static FieldReader fields(byte[] value) {
    FieldReader fields = new FieldReader(value, 0);
    int version = fields.octet();
    if (version != FIRST) {
      throw new DamagedException("it is a record of version " + version + ", not " + FIRST);
    }
    return fields;
  }
}

package dev.stowage.adapter.rocksdb;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * What lies where: the version of the format, the column families, and the kinds of entries.
 *
 * <p>The first byte of every key is its kind, and the kind says which family it is in; so a key
 * alone finds its place. New facts are new kinds: the codes between those in use are kept free for
 * them. The whole layout is in docs/rocksdb-schema.md.
 */
final class Schema {
  /** The version of the format that this program writes, and the only one that it reads. */
  static final int VERSION = 1;

  /** Where the version stands, in the default family, as decimal text. */
  static final byte[] VERSION_KEY = "stowage.format".getBytes(US_ASCII);

  private Schema() {}

  /** A column family. The default one holds nothing but what is true of the store as a whole. */
  enum Family {
    /** Small facts and their indexes: read at random and by prefix. */
    FACTS("facts"),
    /** What comes and goes: uploads, and lists of things to do. Most of it is soon a tombstone. */
    QUEUES("queues"),
    /** Manifests with their bytes; large ones lie in blob files. */
    CONTENTS("contents");

    private final String id;

    Family(String id) {
      this.id = id;
    }

    /** The family's name in the database. */
    String id() {
      return id;
    }
  }

  /** A kind of entry, with the first byte of its keys. */
  enum Kind {
    REPOSITORY(0x10, Family.FACTS),
    BLOB(0x20, Family.FACTS),
    QUARANTINE(0x21, Family.FACTS),
    ALIAS(0x28, Family.FACTS),
    ALIAS_OF(0x29, Family.FACTS),
    LINK(0x30, Family.FACTS),
    LINKER(0x31, Family.FACTS),
    HELD_LINK(0x34, Family.FACTS),
    HELD_LINKER(0x35, Family.FACTS),
    MANIFEST(0x40, Family.FACTS),
    MANIFEST_HOLDER(0x41, Family.FACTS),
    HOLD(0x42, Family.FACTS),
    TAG(0x50, Family.FACTS),
    TAG_OF(0x51, Family.FACTS),
    HISTORY(0x54, Family.FACTS),
    HISTORY_OF(0x55, Family.FACTS),
    EDGE(0x60, Family.FACTS),
    EDGE_TO(0x61, Family.FACTS),
    HELD_EDGE(0x64, Family.FACTS),
    HELD_EDGE_TO(0x65, Family.FACTS),
    REFERRER(0x70, Family.FACTS),
    UPLOAD(0x80, Family.QUEUES),
    DOOMED(0x90, Family.QUEUES),
    REVIEW(0xa0, Family.QUEUES),
    HISTORY_END(0xa8, Family.QUEUES),
    CLOCK(0xb0, Family.QUEUES),
    REVIEW_RULES(0xb1, Family.QUEUES),
    CONTENT(0xc0, Family.CONTENTS),
    HELD_CONTENT(0xc8, Family.CONTENTS);

    // Kept here since values() copies its array at every call.
    private static final Kind[] ALL = values();

    private final int code;
    private final Family family;

    Kind(int code, Family family) {
      this.code = code;
      this.family = family;
    }

    /** The first byte of its keys, unsigned. */
    int code() {
      return code;
    }

    /** Where its entries are. */
    Family family() {
      return family;
    }
  }

  /** The family that a key belongs to. */
  static Family familyOf(byte[] key) {
    int code = Byte.toUnsignedInt(key[0]);
    for (Kind kind : Kind.ALL) {
      if (kind.code == code) {
        return kind.family;
      }
    }
    throw new IllegalArgumentException("no kind of entry has the code " + code);
  }
}

package dev.stowage.core.collect;

/** Why things go, in plain words; a preview and a collection say the same. */
final class Reasons {
  static final String LINK = "no manifest of the repository refers to it, and its time is over";
  static final String HELD_LINK =
      "no manifest of the repository refers to it, and its time is over; its bytes stay for a"
          + " deleted manifest that can be restored";
  static final String HOLD = "it was deleted, and the time in which it could be restored is over";
  static final String MANIFEST = "no tag, index or subject names it, and its time is over";
  static final String BLOB = "no repository links it any more";

  private Reasons() {}
}

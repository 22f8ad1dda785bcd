package dev.stowage.spi;

/** What is put up for review. */
public enum ReviewKind {
  /** A manifest that nothing names. */
  MANIFEST,
  /** A link to a blob that no manifest of the repository refers to. */
  BLOB,
  /** A manifest that was deleted and can be restored: its hold. */
  HOLD
}

package dev.stowage.spi;

/** What a manifest refers to something as. */
public enum EdgeRole {
  /** An image's or artifact's configuration: a blob. */
  CONFIG,
  /** A layer, or another blob of an artifact. */
  LAYER,
  /** A manifest that an index lists. */
  CHILD,
  /** The manifest that this one says something about. It need not exist, and is not needed. */
  SUBJECT
}

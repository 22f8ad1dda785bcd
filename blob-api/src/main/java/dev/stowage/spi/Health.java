package dev.stowage.spi;

/** Whether a medium takes changes now. */
public sealed interface Health {
  /** It takes changes. */
  record Writable() implements Health {}

  /**
   * It serves what it has and takes no changes until it has recovered by itself.
   *
   * @param reason what failed, for a person to read
   */
  record ReadOnly(String reason) implements Health {}
}
